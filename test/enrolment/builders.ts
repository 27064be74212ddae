import type { Status } from '#functions/enrolment/stored.ts';
import type { Code, CurrentCode } from '#functions/enrolment/stored-code.ts';

/** As every stage has them: thirty days to think it over, a week's reminder, ten years. */
export const delays = {
  coolingDays: 30,
  reminderDays: 7,
  letterDays: 7,
  archiveYears: 10,
  traceYears: 10,
};

const tag = 'T'.repeat(43);

const common = {
  holder: '0123456789abcdefghjkmnpqrs',
  version: 2,
  headSeq: 2,
  headHash: 'H'.repeat(43),
  department: '12',
  wave: 'w1',
  informBy: 'mail',
  cardTag: tag,
  birthTag: tag,
} as const;
const informed = { informedAt: '2022-02-07T09:00:00.000Z', deadlineAt: '2022-03-21T22:59:59.999Z' };

const activation = {
  activatedAt: '2022-02-09T09:00:00.000Z',
  linkTag: tag,
  conditions: { version: '2022-01', acceptedAt: '2022-02-09T09:00:00.000Z' },
  choices: { visibility: 'visible', emergency: { breakGlass: 'permit', regulation: 'permit' } },
} as const;
const closedAt = '2022-04-01T09:00:00.000Z';
const kept = { deleteFrom: '2032-04-01T22:00:00.000Z', remindFrom: '2032-03-25T23:00:00.000Z' };
const cooling = { deleteFrom: '2022-05-01T22:00:00.000Z', remindFrom: '2022-04-24T22:00:00.000Z' };
const ended = {
  ...{ closedAt, deletionRequestedAt: closedAt, begunAt: '2022-05-01T22:25:00.000Z', begunSeq: 2 },
  ...{ activatedAt: activation.activatedAt, linkTag: tag },
};

/** One person in each state that this room makes. */
export const person = {
  known: { ...common, status: 'known' },
  invited: { ...common, status: 'invited', ...informed },
  frozen: { ...common, status: 'invited', ...informed, frozen: true },
  bounced: {
    ...{ ...common, informBy: 'letter', status: 'invited', ...informed, uninformed: 'bounced' },
  },
  opposed: {
    ...common,
    status: 'opposed',
    ...informed,
    decidedBy: {
      ...{ reference: 'r1', receivedAt: '2022-02-08T09:00:00.000Z', channel: 'web', key: tag },
    },
  },
  open: { ...common, status: 'open', ...informed, openedAt: '2022-03-21T23:15:00.000Z' },
  activated: {
    ...common,
    status: 'activated',
    ...informed,
    ...activation,
  },
  closed: { ...common, status: 'closed', ...informed, ...activation, ...kept, closedAt },
  leaving: {
    ...common,
    status: 'deletion-requested',
    ...{ ...informed, ...activation, closedAt, motive: 'other', deletionRequestedAt: closedAt },
    ...cooling,
  },
  deleting: {
    ...{ ...common, status: 'deleting', ...informed, ...ended },
    finishFrom: '2022-05-01T22:31:00.000Z',
  },
  deleted: {
    ...{ ...common, status: 'deleted', ...informed, ...ended, life: 1, nirTag: tag },
    deletedAt: '2022-05-01T23:25:00.000Z',
  },
  suspended: {
    ...{ ...common, status: 'suspended', ...informed, ...activation },
    suspendedAt: '2022-03-01T09:00:00.000Z',
    suspension: { reference: 'r2', motive: 'fraudulent-use' },
    closeFrom: '2022-04-12T22:00:00.000Z',
  },
  deceased: {
    ...{ ...common, status: 'deceased', diedOn: '2022-02-20' },
    death: { reference: 'r3', recordedAt: '2022-02-25T09:00:00.000Z', proof: 'insurer' },
    before: { ...common, status: 'activated', ...informed, ...activation },
    deleteFrom: '2032-02-20T23:00:00.000Z',
  },
} as const satisfies Record<string, Status>;

/** A code that may be used. */
export const current: CurrentCode = {
  salt: new Uint8Array(16),
  hash: new Uint8Array(32),
  params: { memoryKiB: 8, passes: 1, parallelism: 1 },
  generation: 1,
  sentAt: informed.informedAt,
  validUntil: informed.deadlineAt,
  failures: 0,
};

export const code = (change: Partial<CurrentCode> = {}, more: Partial<Code> = {}): Code => ({
  holder: common.holder,
  revision: 3,
  current: { ...current, ...change },
  ...more,
});
