import { join } from 'node:path';
import { createDynamoDb } from '#infra/local/engines/dynamodb/engine.ts';
import type { DynamoDbEngine, EngineOptions, IssuerEngine } from '#infra/local/engines/engine.ts';
import { createEvents } from '#infra/local/engines/events/engine.ts';
import { eventOfMail } from '#infra/local/engines/events/mail-event.ts';
import { eventOfS3 } from '#infra/local/engines/events/s3-event.ts';
import { eventOfText } from '#infra/local/engines/events/text-event.ts';
import { createIssuer } from '#infra/local/engines/issuer/engine.ts';
import { createKms } from '#infra/local/engines/kms/engine.ts';
import { createMail } from '#infra/local/engines/mail/engine.ts';
import { createS3 } from '#infra/local/engines/s3/engine.ts';
import { createSms } from '#infra/local/engines/sms/engine.ts';
import { createSqs } from '#infra/local/engines/sqs/engine.ts';

export interface EnginesSettings {
  readonly folder: string | undefined;
  readonly now: () => number;
  readonly region: string;
  readonly account: string;
  readonly doorUrl: string;
  readonly issuerUrl: string;
  readonly secretOf: (accessKeyId: string) => string | undefined;
  /** Resolves when the template's rules are in place: announcements wait for it, or they would be lost. */
  readonly ruled: Promise<void>;
}

/** Starts every engine but DynamoDB Local; all are ready at once but the issuer. */
export async function startEngines(settings: EnginesSettings) {
  const { secretOf, ruled } = settings;
  const options = (name: string) => engineOptions(settings, name);
  const sqs = createSqs({ ...options('sqs'), endpoint: () => settings.doorUrl });
  const kms = createKms(options('kms'));
  const events = createEvents({ ...options('events'), deliver: sqs.deliver });
  const s3 = createS3({
    ...options('s3'),
    secretOf,
    dataKeys: kms.dataKeys,
    onEvent: async (event) => {
      await ruled;
      await events.emit('default', eventOfS3(event));
    },
  });
  const mail = createMail({
    ...options('mail'),
    onEvent: async (event) => {
      await ruled;
      await events.emit('default', eventOfMail(event));
    },
  });
  const sms = createSms({
    ...options('sms'),
    onEvent: async (event) => {
      await ruled;
      await events.emit('default', eventOfText(event));
    },
  });
  const issuer: IssuerEngine = await createIssuer({
    ...options('issuer'),
    origin: settings.issuerUrl,
  });
  return { sqs, kms, events, s3, mail, sms, issuer };
}
export type Engines = Awaited<ReturnType<typeof startEngines>>;

function engineOptions(
  { folder, now, region, account }: EnginesSettings,
  name: string,
): EngineOptions {
  return { folder: folder === undefined ? undefined : join(folder, name), now, region, account };
}

/** DynamoDB Local, started again on its folder whenever Java ends without being asked. */
export async function keepDatabase(options: EngineOptions, complain: (what: string) => void) {
  let engine: DynamoDbEngine = await createDynamoDb(options);
  let closing = false;
  const watch = (): void => {
    void engine.exited.then(async () => {
      if (closing) return;
      complain('DynamoDB Local ended; it is started again.');
      engine = await createDynamoDb(options);
      watch();
    });
  };
  watch();
  return {
    port: () => engine.port,
    pid: () => engine.pid,
    async close() {
      closing = true;
      await engine.close();
    },
  };
}
export type Database = Awaited<ReturnType<typeof keepDatabase>>;
