import fc from 'fast-check';
import type { ActName } from './acts.ts';
import { type Command, Deviates, type Model, meet, type Real } from './history.ts';
import { broken } from './invariants.ts';
import { merge, part } from './joining.ts';
import type { Person } from './person.ts';

const minute = 60_000;

/** Whose number leads to another record does nothing of his own; whom a file names after his trace is somebody new. */
export const mayAct = ({ state, endedAt }: Person, name: ActName): boolean =>
  state !== 'merged' && !(endedAt !== undefined && name === 'name again');

/** Whether nothing leads to him any more, or will in a moment: of who was merged, as of him who took him in. */
export const isEnding = (one: Person): boolean => {
  const { state, endedAt } = one.merged?.into ?? one;
  return state === 'forgotten' || endedAt !== undefined;
};

/** Two numbers are said to be one person's, or not to have been. */
export class Joined implements Command {
  readonly op: 'merge' | 'split';
  readonly from: number;
  readonly into: number;
  readonly dies: number;
  readonly exactly: boolean;

  constructor(
    op: Joined['op'],
    {
      from,
      into,
      dies = 0,
      exactly,
    }: { from: number; into: number; dies?: number; exactly: boolean },
  ) {
    this.op = op;
    this.from = from;
    this.into = into;
    this.dies = dies;
    this.exactly = exactly;
  }

  check = () => true;

  /** A split is mostly told of who was merged. */
  private pair({ people }: Model): { from: Person; into: Person } | undefined {
    const merged = people.filter((one) => one.merged);
    const [one, other] = [people[this.from % people.length], people[this.into % people.length]];
    const isOfMerged = this.op === 'split' && !this.exactly;
    const wrong = isOfMerged ? merged[this.from % merged.length] : undefined;
    if (wrong?.merged) return { from: wrong, into: wrong.merged.into };
    return one && other && one !== other ? { from: one, into: other } : undefined;
  }

  async run(model: Model, { system }: Real): Promise<void> {
    const pair = this.pair(model);
    // Nothing leads to who was forgotten: his number is free.
    if (!pair || isEnding(pair.from) || isEnding(pair.into)) return;
    const { from, into } = pair;
    model.now += minute;
    const { now } = model;
    meet(model, this.op === 'merge' ? 'merge' : 'part', from);
    meet(model, this.op === 'merge' ? 'merge into' : 'part from', into);
    const { says, makes } = this.op === 'merge' ? merge(from, into) : part(from, into, now);
    const told = `${this.op} of one ${from.state} and one ${into.state}`;
    const died =
      this.dies > 0 && (await system.dying(this.dies, () => system.join(this.op, pair, now)));
    const answer = await system.join(this.op, pair, now);
    if (!died && this.dies === 0 && answer !== says)
      throw new Deviates(`${told}: ${answer}, not ${says}`);
    makes?.();
  }

  toString = () => `${this.op}(${this.from}, ${this.into})`;
}

/** Looks how one person stands by now: what becomes right again later would not be seen at the end. */
export class Look implements Command {
  readonly who: number;

  constructor(who: number) {
    this.who = who;
  }

  check = () => true;

  async run({ people }: Model, { system }: Real): Promise<void> {
    const person = people[this.who % people.length];
    const faults = person ? broken(person, await system.stands(person)) : [];
    if (faults.length > 0) throw new Deviates(faults.join('; '));
  }

  toString = () => `look(${this.who})`;
}

/** Any two of a cohort. */
export const joinings = (people: number, dies: fc.Arbitrary<number>): fc.Arbitrary<Command> =>
  fc
    .tuple(fc.constantFrom('merge', 'merge', 'split'), fc.nat(people - 1), fc.nat(people - 1), dies)
    .map(([op, from, into, n]) => {
      // One split in four is of any two: what was never joined is parted, too.
      const exactly = (from + into) % 4 === 0;
      return new Joined(op, { from, into, dies: n, exactly });
    });
