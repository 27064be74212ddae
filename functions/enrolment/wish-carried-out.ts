import type { Actions } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { type ClosedBy, closure } from './closure.ts';
import { statusWrite } from './person-store.ts';
import { wishOf } from './rules/judge-child-closure.ts';
import { judgeClosure } from './rules/judge-closure.ts';
import type { Status } from './stored.ts';

/** The transaction that does what one guardian asked for, since the other agreed or its term is over. */
export function carriedOut(status: Status, by: Omit<ClosedBy, 'motive'>): Actions {
  const wish = wishOf(status);
  const commands = wish && judgeClosure(status, wish);
  if (!wish || !commands || !('closing' in status)) throw new Error('a wish that cannot be done');
  const from = { ...status, closing: { ...wish, state: 'done' as const } };
  const { last, lines } = closure(from, commands, { ...by, motive: wish.motive });
  return [statusWrite(last, status.version), ...lines.map(journalWrite)];
}
