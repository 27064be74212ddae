import { type Day, parisDay } from '#shared/kernel/calendar.ts';
import type { Deleted, Deleting, Living, Status } from '../stored.ts';

/** A death that is told of somebody. */
export interface ToldDeath {
  readonly diedOn: Day;
  readonly birthDate: Day;
  /** Milliseconds. */
  readonly receivedAt: number;
}

export type DeathJudgement =
  | { readonly is: 'record'; readonly status: Living }
  /** A deletion has begun or is done: it goes on, and nobody begins the record anew. */
  | { readonly is: 'note'; readonly status: Deleting | Deleted }
  /** Recorded already, with this day. */
  | { readonly is: 'repeat' }
  | {
      readonly is: 'told';
      readonly reason: 'died-in-the-future' | 'died-before-birth' | 'death-differs';
    };

/** What the report of a death does to a record as it stands (ENR-46). */
export function judgeDeath(status: Status, told: ToldDeath): DeathJudgement {
  const { diedOn, birthDate, receivedAt } = told;
  if (diedOn > parisDay(receivedAt)) return { is: 'told', reason: 'died-in-the-future' };
  if (diedOn < birthDate) return { is: 'told', reason: 'died-before-birth' };
  switch (status.status) {
    case 'deceased':
      return status.diedOn === diedOn ? { is: 'repeat' } : { is: 'told', reason: 'death-differs' };
    case 'deleting':
    case 'deleted':
      if (status.diedOn === undefined) return { is: 'note', status };
      return status.diedOn === diedOn ? { is: 'repeat' } : { is: 'told', reason: 'death-differs' };
    default:
      return { is: 'record', status };
  }
}
