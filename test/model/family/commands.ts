import fc from 'fast-check';
import { inLanes } from '#shared/in-lanes.ts';
import { type OwnAct, ownActNames, ownActs } from '../acts.ts';
import { Deviates } from '../history.ts';
import { broken } from '../invariants.ts';
import { runs } from '../person.ts';
import {
  type FamilyAct,
  type FamilyActName,
  familyActNames,
  familyActs,
  type Systems,
} from './acts.ts';
import { type Child, clock } from './child.ts';

export interface Families {
  readonly children: readonly Child[];
  now: number;
  readonly met: Map<string, number>;
}

const minute = 60_000;
const day = 1440 * minute;
const lanes = 8;

export type Step =
  | {
      readonly is: 'act';
      readonly name: FamilyActName | OwnAct;
      readonly who: bigint;
      readonly dies: number;
    }
  | {
      readonly is: 'wait';
      readonly to: 'day' | 'fortnight' | 'due' | 'birthday';
      readonly who: number;
      readonly by: number;
    }
  | { readonly is: 'jobs'; readonly dies: number };

const meet = ({ met }: Families, act: string, { state, grown }: Child) => {
  const key = `${act}|${grown ? 'adult' : state}`;
  met.set(key, (met.get(key) ?? 0) + 1);
};
const isOwn = (name: string): name is OwnAct => name in ownActs;

/** What a child who has come of age does himself; nobody signs in for a record that has no account. */
function own(child: Child, name: OwnAct): boolean {
  return child.grown && (child.account !== undefined || !/close|reopen/.test(name));
}

async function act(families: Families, by: Systems, step: Extract<Step, { is: 'act' }>) {
  families.now += minute;
  const { now } = families;
  const doing = families.children.filter((_, n) => (step.who >> BigInt(n)) & 1n);
  await inLanes(doing, lanes, async (child) => {
    const { name } = step;
    if (isOwn(name) && !own(child, name)) return;
    const doing: FamilyAct = isOwn(name)
      ? {
          expect: (one, at) => ownActs[name].expect(one, at),
          play: ({ system }, one, at) => ownActs[name].play(system, one, at),
        }
      : familyActs[name];
    const expected = doing.expect(child, now);
    if (!expected) return;
    meet(families, name, child);
    const before = child.code?.generation;
    const stood = JSON.stringify({ now, ...child, row: 0, parents: 0 });
    const died =
      step.dies > 0 && (await by.system.dying(step.dies, () => doing.play(by, child, now)));
    const told = await doing.play(by, child, now);
    if (!died && step.dies === 0 && told !== expected.says)
      throw new Deviates(`${name} of one ${child.state}: ${told}, not ${expected.says} (${stood})`);
    expected.makes?.();
    if (child.code && child.code.generation !== before)
      child.code.text = (await by.family.mailedCode(child, now)) ?? '';
  });
}

function dueOf(child: Child): number[] {
  const { state, wish, reminded, deleteFrom, remindFrom, begunAt, erasedAt = begunAt } = child;
  return [
    ...(runs(child) ? [child.deadline] : []),
    ...(wish?.state === 'waiting' ? [wish.until] : []),
    ...(state === 'closed' || state === 'deletion-requested'
      ? [reminded ? deleteFrom : remindFrom]
      : []),
    ...(state === 'deleting' ? [erasedAt + 6 * minute] : []),
  ];
}

function wait(families: Families, { to, who, by }: Extract<Step, { is: 'wait' }>): void {
  const child = families.children[who % families.children.length];
  if (to === 'day' || to === 'fortnight') families.now += to === 'day' ? day : 14 * day;
  else if (child) {
    const due = (to === 'birthday' ? [child.adultAt] : dueOf(child)).filter(
      (at) => at > families.now + minute,
    );
    // One minute goes with what follows.
    if (due.length > 0) families.now = Math.min(...due) - minute + by;
  }
}

async function jobs(families: Families, { system, family }: Systems, dies: number): Promise<void> {
  families.now += minute;
  const { now, children } = families;
  const deadlines = [...new Set(children.filter(runs).map(({ deadline }) => deadline))];
  await system.sweep(deadlines, now);
  await inLanes(children, lanes, async (child) => {
    meet(families, 'the clock', child);
    if (dies > 0) await system.dying(dies, () => system.erase(child, now));
    await system.erase(child, now);
    await family.answerRequests(child, now);
    const before = child.code?.generation;
    const { grown } = child;
    clock(child, now);
    if (child.code && (child.code.generation !== before || child.grown !== grown))
      child.code.text = (await family.mailedCode(child, now)) ?? '';
    const faults = broken(child, await system.stands(child));
    if (faults.length > 0)
      throw new Deviates(
        `${faults.join('; ')} (${JSON.stringify({ now, ...child, row: 0, parents: 0 })})`,
      );
  });
}

export async function take(families: Families, by: Systems, step: Step): Promise<void> {
  if (step.is === 'act') await act(families, by, step);
  else if (step.is === 'wait') wait(families, step);
  else await jobs(families, by, step.dies);
}

/** Any steps of so many children: most begin with an invitation, and a record that the mother opens. */
export function stepsOf(children: number, longest: number): fc.Arbitrary<Step[]> {
  const who = fc.bigInt({ min: 1n, max: (1n << BigInt(children)) - 1n });
  const dies = fc.oneof(
    { weight: 6, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 12 }) },
  );
  const doing = (names: readonly (FamilyActName | OwnAct)[]): fc.Arbitrary<Step> =>
    fc.record({ is: fc.constant('act' as const), name: fc.constantFrom(...names), who, dies });
  const working: fc.Arbitrary<Step> = fc.record({ is: fc.constant('jobs' as const), dies });
  const waiting: fc.Arbitrary<Step> = fc.record({
    ...{ is: fc.constant('wait' as const), who: fc.nat(children - 1) },
    to: fc.constantFrom('day', 'day', 'fortnight', 'due', 'due', 'due', 'due', 'due', 'birthday'),
    by: fc.constantFrom(-1, 0, 1),
  });
  const most = fc.tuple(who, who, who).map(([a, b, c]) => a | b | c);
  const first = fc.tuple(most, most, most, most).map(([a, b, c, d]): Step[] => [
    { is: 'act', name: 'invite for the child', who: a, dies: 0 },
    { is: 'act', name: 'activate for the child', who: b, dies: 0 },
    { is: 'act', name: 'invite the father', who: c, dies: 0 },
    { is: 'act', name: 'the father accepts', who: d, dies: 0 },
  ]);
  const deciding = familyActNames.filter((name) =>
    /closes|deleted|agrees|stops|reopens/.test(name),
  );
  const pair = fc.tuple(waiting, working).map(([one, other]) => [one, other]);
  const any = fc.oneof(
    { weight: 4, arbitrary: doing(familyActNames).map((one) => [one]) },
    { weight: 4, arbitrary: doing(deciding).map((one) => [one]) },
    { weight: 2, arbitrary: doing(ownActNames).map((one) => [one]) },
    { weight: 1, arbitrary: first },
    { weight: 4, arbitrary: pair },
  );
  return fc
    .tuple(first, fc.array(any, { minLength: longest, maxLength: longest, size: 'max' }))
    .map(([begin, rest]) => [...begin, ...rest.flat()]);
}
