import fc from 'fast-check';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { someone } from '#test/enrolment/someone.ts';
import type { TestWorld } from '#test/support/world.ts';
import { type OwnAct, ownActs } from '../acts.ts';
import { broken } from '../invariants.ts';
import { bounce, erase, letter, letterDue, sweep, wave, wishedLetter } from '../moves.ts';
import { born, type Person } from '../person.ts';
import type { Played } from '../play.ts';
import { clerksOf } from './clerks.ts';
import { overHttp } from './over-http.ts';
import { departments, type Round, roundsOf } from './rounds.ts';
import { nextQuiet } from './timing.ts';

export interface PlayingOverHttp {
  /** Histories, one a person. */
  readonly people: number;
  readonly rounds: number;
  readonly seed: number;
  readonly say?: (line: string) => void;
}

const lanes = 8;
const dayMs = 86_400_000;

/** A person of each kind: most are reached by mail, some mails come back, some people have no address. */
function rowOf(nth: number): InsuredRow {
  // His letter is known by its address.
  const addressLine = `${nth + 1} rue des Lettres`;
  const row = someone(departments[nth % departments.length] ?? '48', { addressLine });
  const kind = nth % 10;
  if (kind === 3) return { ...row, email: `p${row.nir}@bounce.invalid` };
  return kind === 6 ? { ...row, email: '' } : row;
}

/** Letters are addressed in capitals. */
const addressedTo = ({ addressLine }: InsuredRow) => new RegExp(`\\b${addressLine}\\b`, 'i');

/** Plays one history a person over HTTP, all in one world and by one clock, and holds them against the model. */
export async function playOverHttp(world: TestWorld, playing: PlayingOverHttp): Promise<Played> {
  const [rounds = []] = fc.sample(roundsOf(playing.people, playing.rounds), {
    seed: playing.seed,
    numRuns: 1,
  });
  const met = new Map<string, number>();
  const faults: string[] = [];
  const play = await begin(world, playing.people, { met, faults });
  for (const [n, round] of rounds.entries()) {
    await play.round(n === 0 ? { ...round, waves: 31 } : round);
    playing.say?.(
      `round ${n + 1} of ${rounds.length} (${round.wait}): ${await world.now()}, ${sum(met)} acts, ${play.again()} asked again`,
    );
    if (faults.length > 0) break;
  }
  const found = faults.length > 0 ? faults.slice(0, 5).join('\n') : undefined;
  return { people: playing.people, acts: sum(met), met, found };
}

const sum = (met: ReadonlyMap<string, number>) => [...met.values()].reduce((all, n) => all + n, 0);

interface Book {
  readonly met: Map<string, number>;
  readonly faults: string[];
}

async function begin(world: TestWorld, count: number, { met, faults }: Book) {
  const { findByNir } = await import('#shared/record/lookup.ts');
  const { theSecret } = await import('#shared/record/secrets.ts');
  const { nirTag } = await import('#shared/record/tags.ts');
  const { stands } = await import('../stands.ts');
  const acting = overHttp(world);
  const clerks = clerksOf(world, acting);
  const now = async () => Date.parse(await world.now());

  const rows = Array.from({ length: count }, (_, nth) => rowOf(nth));
  const importedAt = await now();
  await clerks.file(rows);
  const key = await theSecret('lookup');
  const people = await Promise.all(
    rows.map(async (row) => {
      const found = await findByNir(nirTag(key, row.nir));
      if (!found) throw new Error('an import of nobody');
      return born(row, found.holder, importedAt);
    }),
  );

  const meet = (act: string, { state }: Person) =>
    met.set(`${act}|${state}`, (met.get(`${act}|${state}`) ?? 0) + 1);

  /** The clock, and what it does on the way. */
  async function goOn(to: number, jobsRan: boolean): Promise<void> {
    await world.leap(new Date(to).toISOString());
    if (!jobsRan) return;
    const at = await now();
    const reminded = new Set(people.filter((one) => one.reminded));
    for (const person of people) {
      meet('open', person);
      sweep(person, at);
      const { state } = person;
      meet('erase', person);
      erase(person, at);
      // Here the rooms erase at once.
      if (person.state === 'deleting' && state !== 'deleting') person.erasedAt = person.begunAt;
      // No code is sent to him from then on.
      if (/^(deleting|deleted|forgotten)$/.test(person.state)) person.wishedAt = undefined;
    }
    await world.idle();
    // Whose address gives a reminder back: that is known some minutes later, on the same day.
    if (people.some((one) => one.bounces && one.reminded && !reminded.has(one))) {
      await world.move('+10m');
      await world.idle();
      // A deletion that had begun may have ended by then.
      const later = await now();
      for (const person of people) if (person.state === 'deleting') erase(person, later);
    }
    wished(await clerks.post(at));
    for (const { wishedAt = at, row } of people)
      if (at - wishedAt > 2 * dayMs) faults.push(`no letter after a burning to ${row.addressLine}`);
  }

  /** Letters to those whose code was burnt: printed by the clock each morning, and with a wave's. How many they are. */
  function wished(letters: Awaited<ReturnType<typeof clerks.post>>): number {
    const own = people.flatMap((person) => {
      if (person.wishedAt === undefined) return [];
      const his = letters.find(({ text }) => addressedTo(person.row).test(text));
      return his ? [{ person, his }] : [];
    });
    for (const { person, his } of own) {
      meet('write to after a burning', person);
      wishedLetter(person, his.at);
      if (person.code) person.code.text = his.code ?? '';
    }
    return own.length;
  }

  /** Reads the codes of new mails; who cannot be reached is known not to have been, some minutes later. */
  async function mailed(before: ReadonlyMap<Person, number | undefined>): Promise<void> {
    await world.idle();
    const fresh = people.filter(
      (one) => one.code !== undefined && one.code.generation !== before.get(one),
    );
    await inLanes(fresh, lanes, async (person) => {
      const text = await acting.mailedCode(person);
      if (person.code && person.code.text === '') person.code.text = text ?? '';
    });
    const lost = fresh.filter(({ bounces, hasMail }) => bounces && hasMail);
    if (lost.length === 0) return;
    await world.move('+10m');
    for (const person of lost) {
      meet('bounce', person);
      bounce(person).makes?.();
    }
  }
  const generations = () => new Map(people.map((one) => [one, one.code?.generation]));

  async function act(person: Person, name: OwnAct): Promise<void> {
    const at = await now();
    meet(name, person);
    const told = { ...person, row: 0 };
    const { says, makes } = ownActs[name].expect(person, at);
    const answer = await ownActs[name].play(acting, person, at);
    if (answer !== says && !acting.wasAgain(person))
      faults.push(
        `${name} of one ${told.state}: ${answer}, not ${says} (${JSON.stringify({ at, ...told })})`,
      );
    makes?.();
  }

  /** The letters of départements; where a printing failed on the way, it is done again when its queue lets it. */
  async function posted(chosen: readonly string[], due: number) {
    await clerks.order(chosen);
    const letters = await clerks.post(await now());
    for (let look = 0; letters.length < due && look < 3; look++) {
      await world.move('+65m');
      await world.idle();
      letters.push(...(await clerks.post(await now())));
    }
    return letters;
  }

  async function waves(bits: number): Promise<void> {
    const chosen = departments.filter((_, n) => (bits >> n) & 1);
    if (chosen.length === 0) return;
    const before = generations();
    const at = await now();
    if (!(await clerks.wave(chosen, at))) return;
    const theirs = people.filter(({ row }) => chosen.some((one) => one === row.department));
    for (const person of theirs) {
      meet('invite', person);
      wave(person, at);
    }
    await mailed(before);
    const due = theirs.filter(letterDue);
    const letters = await posted(due.length > 0 ? chosen : [], due.length);
    for (const person of due) person.wishedAt = undefined;
    const others = wished(letters);
    if (letters.length !== due.length + others)
      faults.push(`${letters.length} letters, where ${due.length} and ${others} were due`);
    for (const person of due) {
      const own = letters.find(({ text }) => addressedTo(person.row).test(text));
      meet('write to', person);
      letter(person, own?.at ?? at);
      if (!own) faults.push(`no letter to ${person.row.addressLine}`);
      if (person.code) person.code.text = own?.code ?? '';
    }
  }

  async function compare(): Promise<void> {
    await inLanes(people, lanes, async (person) => {
      const wrong = broken(person, await stands(person));
      faults.push(...wrong.map((what) => `${what} (${JSON.stringify({ ...person, row: 0 })})`));
    });
  }

  return {
    again: acting.again,
    async round({ wait, who, waves: bits, acts, trouble }: Round): Promise<void> {
      const doing = people.flatMap((person, n) => {
        const name = acts[n];
        return name === undefined || name === 'nothing' ? [] : [{ person, name }];
      });
      const atLimit = doing.filter(({ name }) => name.startsWith('object'));
      if (wait === 'minutes') await world.move('+2m');
      else {
        const { to, limit } = nextQuiet(wait, people[who], await now());
        if (limit) {
          await goOn(limit.last, true);
          const half = atLimit.length / 2;
          await inLanes(atLimit.slice(0, half), lanes, ({ person, name }) => act(person, name));
          await goOn(limit.over, false);
          await inLanes(atLimit.slice(half), lanes, ({ person, name }) => act(person, name));
          await world.idle();
        }
        await goOn(to, true);
      }
      await waves(bits);
      for (const one of trouble)
        await world.plant({ ...one, action: 'dynamodb:TransactWriteItems', times: 1 });
      const before = generations();
      await inLanes(doing, lanes, ({ person, name }) => act(person, name));
      await world.clearFaults();
      await mailed(before);
      await compare();
    },
  };
}
