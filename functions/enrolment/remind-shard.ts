import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actOnDue, type Counts } from './act-on-due.ts';
import { dueHints, type Hint } from './due-hint.ts';
import { append, record } from './lines.ts';
import { loadStatus } from './person-store.ts';
import { remindWrite } from './remind-write.ts';
import { isToBeReminded } from './rules/reminder-due.ts';

export interface Reminding {
  readonly deadlineAt: string;
  readonly shards: readonly number[];
  /** Days before the end of the deadline. */
  readonly days: number;
  /** Read anew for each transaction. */
  readonly clock: () => number;
  readonly goesOn: () => boolean;
  readonly renew: () => Promise<void>;
}

/**
 * Lets all in some shards of a deadline be reminded of it who were informed by mail and are silent (ENR-2): the
 * notice follows each one's line. Who was informed by letter has no address that a mail could go to.
 */
export async function remindDue(reminding: Reminding): Promise<Counts> {
  const { deadlineAt, shards, days, ...around } = reminding;
  async function* pages() {
    for await (const page of dueHints(deadlineAt, shards))
      yield page.filter(({ informBy }) => informBy === 'mail');
  }
  return actOnDue<Hint>({
    ...around,
    pages: pages(),
    actionsFor: (hint, now) => {
      const { next, line } = append(hint, hint.holder, {
        ...{ id: newId(), at: now, actor: { kind: 'system', id: 'reminding' }, channel: 'clock' },
        action: 'enrolment/remind-deadline',
        object: record(hint, {}),
      });
      return [remindWrite(hint, next, days), journalWrite(line)];
    },
    readAnew: async ({ holder }, now) => {
      const status = await loadStatus(holder);
      return status?.status === 'invited' && isToBeReminded(status, { deadlineAt, days, now })
        ? status
        : undefined;
    },
  });
}
