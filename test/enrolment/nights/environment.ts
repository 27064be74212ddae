/** Imported first of all, for its effect: what the modules under test read when they are loaded. No service is called. */
import process from 'node:process';

Object.assign(process.env, {
  AWS_REGION: 'eu-west-3',
  AWS_ACCESS_KEY_ID: 'nobody',
  AWS_SECRET_ACCESS_KEY: 'nothing',
  ENROLMENT_TABLE: 'enrolment',
  JOURNAL_TABLE: 'journal',
  STATISTICS_TABLE: 'statistics',
  IDENTITY_TABLE: 'identity',
  KEYS_TABLE: 'keys',
  NOTICES_TABLE: 'notices',
  SENDING_QUEUE: 'https://queue.invalid/sending',
  OPENING_QUEUE: 'https://queue.invalid/opening',
  INTAKE_QUEUE: 'https://queue.invalid/intake',
  INTAKE_BUCKET: 'intake',
  EVENT_BUS: 'bus',
  MAIL_FROM: 'ne-pas-repondre@exemple.invalid',
  MAIL_CONFIGURATION_SET: 'mails',
  MAILS_PER_SECOND: '20000',
  OBJECTION_DAYS: '42',
  AGENT_OBJECTIONS_PER_HOUR: '120',
  CONDITIONS_VERSION: '2022-01',
  OTP_LIMITS: '{"validSeconds":600,"tries":5,"resendSeconds":30,"sends":5,"lastsSeconds":3600}',
  NOTICE_LETTER_DAYS: '7',
  CODE_HASH: '{"memoryKiB":1024,"passes":1,"parallelism":1}',
  IDENTITY_KEY: 'arn:aws:kms:eu-west-3:000000000000:key/identity',
});
