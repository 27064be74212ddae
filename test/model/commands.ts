import fc from 'fast-check';
import { inLanes } from '#shared/in-lanes.ts';
import { type Act, type ActName, actNames, acts } from './acts.ts';
import { type Command, Deviates, type Model, meet, type Real } from './history.ts';
import { erase, sweep } from './moves.ts';
import { Joined, joinings, Look, mayAct } from './pairs.ts';
import { type Person, runs } from './person.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
const lanes = 8;

/** Who of a cohort does something: one bit each. */
const chosen = (people: readonly Person[], bits: bigint) =>
  people.filter((_, n) => (bits >> BigInt(n)) & 1n);

/** The same act of several people at once; one of them may die in it at his n-th call and do it again. */
class Together implements Command {
  readonly name: ActName;
  readonly bits: bigint;
  readonly dies: number;

  constructor(name: ActName, bits: bigint, dies: number) {
    this.name = name;
    this.bits = bits;
    this.dies = dies;
  }

  check = () => true;

  async run(model: Model, { system }: Real): Promise<void> {
    model.now += minute;
    const { now } = model;
    const act: Act = acts[this.name];
    const doing = chosen(model.people, this.bits).filter((one) => mayAct(one, this.name));
    await inLanes(doing, lanes, async (person) => {
      meet(model, this.name, person);
      const { says, makes } = act.expect(person, now);
      const before = person.code?.generation;
      const died =
        this.dies > 0 &&
        person === doing[0] &&
        (await system.dying(this.dies, () => act.play(system, person, now)));
      const told = await act.play(system, person, now);
      // Whoever died may have been done: what he is told the second time is left open, where he stands is not.
      if (!died && this.dies === 0 && told !== says)
        throw new Deviates(
          `${this.name} of one ${person.state}: ${told}, not ${says} (${JSON.stringify({ now, ...person, row: 0, merged: 0, absorbed: 0 })})`,
        );
      makes?.();
      if (act.mails && person.code && person.code.generation !== before)
        person.code.text = (await system.mailedCode(person)) ?? '';
    });
  }

  toString = () =>
    `${this.name}(${this.bits.toString(2)}${this.dies ? `, dies at ${this.dies}` : ''})`;
}

/** When something falls due for somebody. */
function dueOf(person: Person): number[] {
  const { state, reminded, remindFrom, deleteFrom, begunAt, erasedAt = begunAt } = person;
  const { traceUntil, endedAt } = person;
  if (runs(person)) return [person.deadline];
  if (state === 'opposed' && person.keptUntil > 0) return [person.keptUntil];
  if (state === 'closed' || state === 'deletion-requested')
    return [reminded ? deleteFrom : remindFrom];
  if (state === 'deleted') return [endedAt === undefined ? traceUntil : endedAt + 5 * minute];
  return state === 'deleting' ? [begunAt + 6 * minute, erasedAt + 5 * minute] : [];
}

/** The clock goes on: by days, or to the very instant at which something falls due for somebody. */
class Later implements Command {
  readonly to: 'day' | 'month' | 'years' | 'just before' | 'due' | 'just after';
  readonly who: number;

  constructor(to: Later['to'], who: number) {
    this.to = to;
    this.who = who;
  }

  check = () => true;

  async run(model: Model): Promise<void> {
    const person = model.people[this.who % model.people.length];
    const leap = { day, month: 31 * day, years: 3700 * day } as const;
    if (this.to === 'day' || this.to === 'month' || this.to === 'years') {
      model.now += leap[this.to];
      return;
    }
    const due = person ? dueOf(person).filter((at) => at > model.now + minute) : [];
    // One minute goes with the act that follows.
    const by = { 'just before': -1, due: 0, 'just after': 1 }[this.to];
    if (due.length > 0) model.now = Math.min(...due) - minute + by;
  }

  toString = () => `later(${this.to}, ${this.who})`;
}

/** The clock's jobs: openings, and what is due of deletions; they may die and run again. */
class Jobs implements Command {
  readonly dies: number;

  constructor(dies: number) {
    this.dies = dies;
  }

  check = () => true;

  async run(model: Model, { system }: Real): Promise<void> {
    model.now += minute;
    const { now, people } = model;
    const deadlines = [...new Set(people.filter(runs).map(({ deadline }) => deadline))];
    const open = () => system.sweep(deadlines, now);
    if (this.dies > 0) await system.dying(this.dies, open);
    await open();
    for (const person of people) meet(model, 'open', person);
    for (const person of people) sweep(person, now);
    const leaving = people.filter(
      ({ state, keptUntil }) =>
        /^(closed|deletion-requested|deleting|deleted)$/.test(state) ||
        (state === 'opposed' && keptUntil > 0),
    );
    await inLanes(leaving, lanes, async (person) => {
      const step = () => system.erase(person, now);
      if (this.dies > 0) await system.dying(this.dies, step);
      await step();
    });
    for (const person of people) meet(model, 'erase', person);
    for (const person of leaving) erase(person, now);
  }

  toString = () => `jobs(${this.dies ? `die at ${this.dies}` : ''})`;
}

/** One after the other, with nothing in between: time passes and the clock's jobs run, or somebody acts at once. */
class Then implements Command {
  readonly parts: readonly Command[];

  constructor(...parts: readonly Command[]) {
    this.parts = parts;
  }

  check = () => true;

  async run(model: Model, real: Real): Promise<void> {
    for (const part of this.parts) await part.run(model, real);
  }

  toString = () => this.parts.join(' ');
}

class Trouble implements Command {
  readonly kind: string;

  constructor(kind: string) {
    this.kind = kind;
  }

  check = () => true;
  run = async (_: Model, real: Real): Promise<void> => real.trouble(this.kind);
  toString = () => `trouble(${this.kind})`;
}

export type History = ReturnType<typeof histories> extends fc.Arbitrary<infer T> ? T : never;

/** Any history of a cohort of so many people: some are invited, some activate, and then all comes as it may. */
export function histories(people: number, longest: number) {
  const first = fc
    .tuple(bitsOf(people), bitsOf(people))
    .map(([invited, activated]) => [
      new Together('invite', invited, 0),
      new Together('activate', activated, 0),
    ]);
  return fc.tuple(first, later(people, longest));
}

const bitsOf = (people: number) => fc.bigInt({ min: 1n, max: (1n << BigInt(people)) - 1n });

/** What comes after the first days. */
function later(people: number, longest: number) {
  const bits = bitsOf(people);
  const dies = fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
  );
  const together = (names: readonly ActName[]) =>
    fc
      .tuple(fc.constantFrom(...names), bits, dies)
      .map(([name, who, n]) => new Together(name, who, n));
  const likely: ActName[] = [
    ...['invite', 'invite', 'ask for a code', 'guess ten times', 'object'],
    ...['activate', 'activate', 'object by an agent', 'close', 'close and ask for deletion'],
  ].filter((name): name is ActName => name in acts);
  const leaving: ActName[] = [
    ...(['activate', 'close', 'close and ask for deletion'] as const),
    ...(['close and ask for deletion', 'reopen', 'activate with another account'] as const),
  ];
  const to = fc.constantFrom<Later['to'][]>(
    'day',
    'day',
    'month',
    'due',
    'due',
    'just after',
    'just after',
    'years',
  );
  const waiting = fc.tuple(to, fc.nat(people - 1)).map(([when, who]) => new Later(when, who));
  const jobs = dies.map((n) => new Jobs(n));
  // At the very instant at which his time ends, or a millisecond later.
  const atTheLimit = fc
    .tuple(
      fc.constantFrom<Later['to'][]>('just before', 'due', 'just after'),
      fc.nat(people - 1),
      fc.constantFrom<ActName[]>('object', 'object by an agent', 'activate', 'reopen'),
    )
    .map(
      ([when, who, act]) => new Then(new Later(when, who), new Together(act, 1n << BigInt(who), 0)),
    );
  // Few would get to the end of it by chance.
  const leaves = (steps: number) =>
    fc
      .tuple(bits, fc.nat(people - 1))
      .map(
        ([some, who]) =>
          new Then(
            new Together('activate', some, 0),
            new Together('close and ask for deletion', some, 0),
            ...Array.from({ length: steps }, () => [
              new Later('just after', who),
              new Jobs(0),
            ]).flat(),
          ),
      );
  const closes = bits.map(
    (some) => new Then(new Together('activate', some, 0), new Together('close', some, 0)),
  );
  const leavesWholly = leaves(5);
  const forgotten = fc
    .tuple(leavesWholly, fc.nat(people - 1))
    .map(
      ([wholly, who]) =>
        new Then(
          wholly,
          ...(['just before', 'due', 'just after', 'day'] as const).flatMap((to) => [
            new Later(to, who),
            new Jobs(0),
            new Look(who),
          ]),
        ),
    );
  // What he wished comes back to him though another account has the record that took it in.
  const takenOver = fc.tuple(fc.nat(people - 1), fc.nat(people - 1)).map(([from, into]) => {
    const one = (name: ActName, who: number) => new Together(name, 1n << BigInt(who), 0);
    return new Then(
      ...[one('activate', from), one('close and ask for deletion', from)],
      new Joined('merge', { from, into, exactly: true }),
      ...[one('ask for a code', into), one('activate with another account', into)],
      new Later('day', into),
      new Joined('split', { from, into, exactly: true }),
    );
  });
  const rare: ActName[] = ['bounce', 'name again', 'object', 'guess once', 'ask for a code'];
  return fc.commands(
    [
      ...[actNames, actNames, actNames, rare].map(together),
      forgotten,
      // Histories are short, and most of what is worth seeing comes late in a life.
      ...[likely, likely, likely, likely, leaving, leaving].map(together),
      waiting,
      ...[atTheLimit, atTheLimit, atTheLimit],
      leavesWholly,
      // Of who has closed, while he is deleted, and before the end of his trace, somebody's number may turn out to be another's.
      ...[closes, leaves(2), leaves(3), leavesWholly].map((gone) =>
        fc
          .tuple(gone, joinings(people, dies), joinings(people, dies))
          .map((parts) => new Then(...parts)),
      ),
      fc.tuple(waiting, jobs).map(([wait, run]) => new Then(wait, run)),
      fc.tuple(waiting, jobs).map(([wait, run]) => new Then(wait, run)),
      jobs,
      joinings(people, dies),
      takenOver,
      fc
        .tuple(joinings(people, dies), together(actNames), jobs, joinings(people, dies))
        .map((parts) => new Then(...parts)),
      fc.constantFrom('lost-ack', 'throttle', 'conflict', 'reset').map((kind) => new Trouble(kind)),
    ],
    { maxCommands: longest, size: 'max' },
  );
}
