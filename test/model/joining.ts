import { dayOf, later } from './calendar.ts';
import { type Expected, leaves } from './moves.ts';
import { type Person, type State, stateOf } from './person.ts';

/** Which of two states of one person counts: what stands before beats what stands after. */
const order: readonly (readonly string[])[] = [
  ...[['activated'], ['deletion-requested'], ['closed'], ['opposed'], ['open']],
  ...[['invited', 'known'], ['deleted']],
];
const rank = ({ state }: State) => order.findIndex((row) => row.includes(state));
const linked = ['activated', 'closed', 'deletion-requested'];
/** Which account is linked to a record in a state that has one. */
const link = ({ state, account }: State) =>
  linked.includes(state) || state === 'deleting' || state === 'deleted' ? account : undefined;

const no = (says: string): Expected => ({ says });

/** Two records that turn out to be one person's: `from` is taken in by `into`. */
export function merge(from: Person, into: Person): Expected {
  if (from.merged) {
    // Both numbers lead to him already, or to one who took both in.
    const isOne = from.merged.into === into || from.merged.into === into.merged?.into;
    return no(isOne ? 'unchanged' : 'from/replaced');
  }
  if (into.merged) return no(into.merged.into === from ? 'from/replaced' : 'into/replaced');
  const why = notOne(from, into);
  if (why) return no(`into/${why}`);
  return {
    says: 'updated',
    makes: () => {
      const wins = rank(into) <= rank(from) ? 'into' : 'from';
      from.merged = { into, wins, before: stateOf(from), intoBefore: stateOf(into) };
      if (wins === 'from') Object.assign(into, stateOf(from));
      into.absorbed.push(from);
      Object.assign(from, { state: 'merged', code: undefined });
    },
  };
}

function notOne(from: Person, into: Person): string | undefined {
  if (from.state === 'deleting' || into.state === 'deleting') return 'deletion-under-way';
  if (into.state === 'deleted' && from.state !== 'deleted') return 'into-deleted';
  const both = [from, into].every(({ state }) => linked.includes(state));
  if (both && from.account !== into.account) return 'two-accounts';
  return from.absorbed.length > 0 ? 'has-absorbed' : undefined;
}

/** What stood still meanwhile and is taken up again: what ran begins anew. */
function anew(state: State, now: number): State {
  if (state.state === 'invited')
    return { ...state, state: 'known', frozen: false, uninformed: false };
  const next = { ...state, reminded: false };
  if (state.state === 'deletion-requested') leaves(next, later(dayOf(now), { days: 31 }));
  return next;
}

/** It was wrong: each number is one person's again. */
export function part(from: Person, into: Person, now: number): Expected {
  const { merged } = from;
  if (!merged || merged.into !== into) return no(unparted(from, into));
  if (into.state === 'deleted') return no('from/deleted');
  if (into.state === 'deleting') return no('from/deletion-under-way');
  // What he was was taken away with a deletion since.
  if (merged.before.state !== 'deleted' && from.rowErased) return no('from/deleted');
  return {
    says: 'updated',
    makes: () => {
      const own = link(merged.before);
      const still = own === undefined ? into.state === merged.before.state : link(into) === own;
      const back = merged.wins === 'from' && still;
      const state = back && own !== undefined ? stateOf(into) : anew(merged.before, now);
      if (back) Object.assign(into, anew(merged.intoBefore, now));
      Object.assign(from, state, { merged: undefined, rowTold: false });
      into.absorbed.splice(into.absorbed.indexOf(from), 1);
    },
  };
}

function unparted(from: Person, into: Person): string {
  if (from.merged) return 'into/not-merged';
  return into.merged?.into === from ? 'into/not-merged' : 'unchanged';
}
