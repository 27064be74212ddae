import fc from 'fast-check';
import { type OwnAct, ownActNames } from '../acts.ts';

/** Where everybody's people live: each wave takes some of these départements. */
export const departments = ['15', '43', '46', '48', '63'] as const;

/** Until when the clock goes before a round: a while, or the last hour in which somebody may object, and past it. */
export const waits = ['minutes', 'day', 'month', 'due', 'limit', 'years'] as const;
export type Wait = (typeof waits)[number];

/** Something that fails at the door or in a function while people act. */
export interface Trouble {
  readonly kind: 'kill' | 'lost-ack' | 'throttle' | 'conflict' | 'reset' | 'delay';
  /** Which functions it meets. */
  readonly caller: string;
  readonly nth: number;
  readonly when: 'before' | 'after';
}

/** What all people do in one turn, each at most one thing. */
export interface Round {
  readonly wait: Wait;
  /** For whom the clock goes so far. */
  readonly who: number;
  /** Départements that a wave takes, a bit each. */
  readonly waves: number;
  readonly acts: readonly (OwnAct | 'nothing')[];
  readonly trouble: readonly Trouble[];
}

const likely: readonly OwnAct[] = [
  ...(['activate', 'activate', 'activate', 'object', 'guess ten times', 'close'] as const),
  ...(['close and ask for deletion', 'close and ask for deletion', 'reopen'] as const),
  ...(['object by an agent', 'ask for a code', 'ask for a code'] as const),
];

const trouble: fc.Arbitrary<Trouble> = fc.record({
  kind: fc.constantFrom<Trouble['kind'][]>(
    ...(['kill', 'kill', 'lost-ack', 'throttle', 'conflict', 'reset', 'delay'] as const),
  ),
  caller: fc.constantFrom('enrolment-public', 'enrolment-activation', 'enrolment-api'),
  nth: fc.integer({ min: 1, max: 40 }),
  when: fc.constantFrom('before', 'after'),
});

/** Any rounds of so many people. */
export function roundsOf(people: number, most: number): fc.Arbitrary<Round[]> {
  const act = fc.oneof(
    { weight: 3, arbitrary: fc.constant('nothing' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...ownActNames) },
    { weight: 4, arbitrary: fc.constantFrom(...likely) },
  );
  const round = fc.record({
    wait: fc.constantFrom<Wait[]>(
      ...([
        'minutes',
        'minutes',
        'day',
        'month',
        'due',
        'due',
        'due',
        'limit',
        'limit',
        'years',
      ] as const),
    ),
    who: fc.nat(people - 1),
    waves: fc.nat(2 ** departments.length - 1),
    acts: fc.array(act, { minLength: people, maxLength: people, size: 'max' }),
    trouble: fc.array(trouble, { maxLength: 4, size: 'max' }),
  });
  return fc.array(round, { minLength: most, maxLength: most, size: 'max' });
}
