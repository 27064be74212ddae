import fc from 'fast-check';
import { someone } from '#test/enrolment/someone.ts';
import type { TestWorld } from '#test/support/world.ts';
import { type History, histories } from './commands.ts';
import type { Model } from './history.ts';
import { inProcess } from './in-process.ts';
import { broken } from './invariants.ts';
import { born } from './person.ts';

export interface Playing {
  /** People in one history. */
  readonly cohort: number;
  readonly histories: number;
  /** Commands in one history at most. */
  readonly longest: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

export interface Played {
  readonly people: number;
  readonly acts: number;
  readonly met: ReadonlyMap<string, number>;
  /** What was found, with the shortest history that shows it; undefined when nothing was. */
  readonly found: string | undefined;
}

const day = 86_400_000;
const firstDay = Date.parse('2027-01-11T09:00:00Z');

/** Plays random histories by the handlers in this process, and holds what comes of them against the model. */
export async function play(world: TestWorld, playing: Playing): Promise<Played> {
  const system = await inProcess(world);
  const met = new Map<string, number>();
  let [played, people] = [0, 0];
  const trouble = async (kind: string) => {
    await world.plant({
      ...{ caller: 'operator', action: 'dynamodb:TransactWriteItems' },
      ...{ kind: kind === 'conflict' ? 'conflict' : (kind as 'throttle'), nth: 1 },
    });
  };
  const once = async ([first, commands]: History) => {
    // Days of its own, so that no sweep meets another history's people.
    const now = firstDay + played++ * day;
    const rows = Array.from({ length: playing.cohort }, () => someone('48'));
    const cohort = await Promise.all(
      rows.map(async (row) => born(row, await system.import(row, now), now)),
    );
    people += cohort.length;
    const model: Model = { people: cohort, now, met };
    for (const command of first) await command.run(model, { system, trouble });
    await fc.asyncModelRun(() => ({ model, real: { system, trouble } }), commands);
    const faults = await Promise.all(
      cohort.map(async (person) => broken(person, await system.stands(person))),
    );
    if (faults.flat().length > 0) throw new Error(faults.flat().slice(0, 5).join('; '));
    if (played % 10 === 0) playing.say?.(`${people} people, ${sum(met)} acts`);
  };
  try {
    await fc.assert(fc.asyncProperty(histories(playing.cohort, playing.longest), once), {
      numRuns: playing.histories,
      seed: playing.seed,
      // To shrink a history of many people takes longer than to read it.
      endOnFailure: true,
    });
    return { people, acts: sum(met), met, found: undefined };
  } catch (error) {
    return { people, acts: sum(met), met, found: told(error) };
  }
}

const sum = (met: ReadonlyMap<string, number>) => [...met.values()].reduce((all, n) => all + n, 0);

function told(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  // Some errors say by their name alone what they are.
  const why = cause instanceof Error ? cause.message || (cause.stack ?? cause.name) : '';
  return `${why || error.message}`.slice(0, 4000);
}
