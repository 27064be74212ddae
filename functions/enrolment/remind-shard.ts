import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actOnDue, type Counts } from './act-on-due.ts';
import { dueHints, type Hint } from './due-hint.ts';
import { append, record } from './lines.ts';
import { loadStatus } from './person-store.ts';
import { remindWrite } from './remind-write.ts';
import { canBeReminded, isToBeReminded, ReminderDays } from './rules/reminder-due.ts';

const { TEXT_REMINDER_DAYS: textDays } = env({ TEXT_REMINDER_DAYS: json(ReminderDays) });

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
 * Lets all in some shards of a deadline be reminded of it who are silent (ENR-2), by mail or by text message: the notice
 * follows each one's line. Of whom only a postal address is known nobody is: the letter says until when he may object.
 */
export async function remindDue(reminding: Reminding): Promise<Counts> {
  const { deadlineAt, shards, days, ...around } = reminding;
  const goesByText = textDays.includes(days);
  async function* pages() {
    for await (const page of dueHints(deadlineAt, shards))
      yield page.filter((hint) => canBeReminded(hint, goesByText));
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
      return status?.status === 'invited' &&
        isToBeReminded(status, { deadlineAt, days, now, goesByText })
        ? status
        : undefined;
    },
  });
}
