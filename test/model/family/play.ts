import fc from 'fast-check';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { someone } from '#test/enrolment/someone.ts';
import type { TestWorld } from '#test/support/world.ts';
import { beginOf, dayOf, later } from '../calendar.ts';
import { inProcess } from '../in-process.ts';
import { born } from '../person.ts';
import type { Played } from '../play.ts';
import { type Child, childOf } from './child.ts';
import { stepsOf, take } from './commands.ts';
import { familyInProcess } from './system.ts';

export interface PlayingFamilies {
  readonly families: number;
  /** In one history. */
  readonly cohort: number;
  readonly longest: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

const day = 86_400_000;
const firstDay = Date.parse('2031-02-03T09:00:00Z');
const department = '48';

/** Plays random histories of parents and their child, up to and over its eighteenth birthday. */
export async function playFamilies(world: TestWorld, playing: PlayingFamilies): Promise<Played> {
  const system = await inProcess(world);
  const family = await familyInProcess(world);
  const met = new Map<string, number>();
  let [played, people] = [0, 0];

  /** A parent whose record is his own. */
  async function parent(now: number) {
    const row = someone(department);
    const person = born(row, await system.import(row, now), now);
    const account = `parent-${person.holder}`;
    await system.invite(person, now);
    const text = (await system.mailedCode(person)) ?? '';
    const validUntil = now + day;
    person.code = {
      ...{ text, generation: 1, sentAt: now, validUntil, used: false, burnt: false, failures: 0 },
    };
    const told = await system.activate(person, now, account);
    if (told !== 'ok') throw new Error(`a parent: ${told}`);
    return { row, account };
  }

  async function household(now: number, nth: number): Promise<Child> {
    const [mother, father] = await Promise.all([parent(now), parent(now)]);
    const adultOn = later(dayOf(now), { days: 30 + ((nth * 37) % 330) });
    const given = { givenNames: 'Noé, Léo', birthDate: later(adultOn, { years: -18 }) };
    const row: InsuredRow = {
      ...someone(department, given),
      child: { guardianNir: mother.row.nir, rank: '' },
    };
    const holder = await family.import(row, now);
    const parents = { mother, father };
    return childOf({ row, holder, importedAt: now, parents, adultAt: beginOf(adultOn) });
  }

  const once = async (steps: Awaited<Parameters<typeof take>[2]>[]) => {
    const now = firstDay + played++ * day;
    const children: Child[] = [];
    for (let nth = 0; nth < playing.cohort; nth += 1)
      children.push(await household(now, nth + played));
    people += children.length;
    const families = { children, now, met };
    for (const step of [...steps, { is: 'jobs', dies: 0 } as const])
      await take(families, { system, family }, step);
    playing.say?.(`${people} families, ${sum(met)} acts`);
  };
  try {
    await fc.assert(fc.asyncProperty(stepsOf(playing.cohort, playing.longest), once), {
      numRuns: Math.ceil(playing.families / playing.cohort),
      seed: playing.seed,
      endOnFailure: true,
    });
    return { people, acts: sum(met), met, found: undefined };
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    return { people, acts: sum(met), met, found: String(cause).slice(0, 4000) };
  }
}

const sum = (met: ReadonlyMap<string, number>) => [...met.values()].reduce((all, n) => all + n, 0);
