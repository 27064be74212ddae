import { actNames, ownActNames } from './acts.ts';
import { familyActNames } from './family/acts.ts';
import { states } from './person.ts';

/** What meets whom in one kind of play, and why some pairs cannot meet. */
export interface Meeting {
  readonly acts: readonly string[];
  readonly states: readonly string[];
  /** The reason; undefined where they can. */
  readonly impossible: (act: string, state: string) => string | undefined;
}

const joins = ['merge', 'merge into', 'part', 'part from'];
const clocks = ['open', 'erase'];

export const people: Meeting = {
  acts: [...actNames, ...joins, ...clocks],
  states,
  impossible(act, state) {
    if (act === 'part from' && state === 'merged')
      return 'who took somebody in is not taken in himself';
    if (joins.includes(act))
      return state === 'forgotten' ? 'the number leads nowhere and is free' : undefined;
    if (state === 'merged' && !clocks.includes(act)) return 'the number leads to the other record';
    if (state === 'forgotten' && act === 'name again') return 'he is somebody new';
    return undefined;
  },
};

/** The clock never stands still there, and nobody is named twice or by two numbers. */
export const overHttp: Meeting = {
  acts: ['invite', 'bounce', 'write to', 'write to after a burning', ...ownActNames, ...clocks],
  states: states.filter((state) => state !== 'merged'),
  impossible(act, state) {
    if (act === 'bounce') return state === 'invited' ? undefined : 'only an information comes back';
    if (act === 'write to' && state !== 'known' && state !== 'invited')
      return 'no letter is due to who decided, or whose record is open';
    return undefined;
  },
};

const minors = ['known', 'invited', 'opposed', 'open', 'activated', 'closed'];

/** In a child's record; whoever has come of age stands in a column of his own. */
export const families: Meeting = {
  acts: [...familyActNames, ...ownActNames, 'the clock'],
  states: [...minors, 'deletion-requested', 'deleting', 'deleted', 'adult'],
  impossible(act, state) {
    const isOwn = ownActNames.some((name) => name === act);
    if (isOwn) return state === 'adult' ? undefined : 'before his majority he does nothing himself';
    if (/^the father (accepts|refuses)$/.test(act))
      return state === 'activated' ? undefined : 'no invitation stands in his list';
    if (/agrees|stops/.test(act) && !['activated', 'closed', 'deletion-requested'].includes(state))
      return 'nobody asked for a closure';
    if (/for the child/.test(act) && act !== 'invite for the child' && state === 'known')
      return 'there is no code';
    if (/(object|activate) for/.test(act) && state === 'deleted') return 'there is no code';
    return undefined;
  },
};

/** How often each act met somebody in each state, as a table; which never met; and why some cannot. */
export function tableOf(
  met: ReadonlyMap<string, number>,
  { acts, states: all, impossible }: Meeting,
) {
  const count = (act: string, state: string) => met.get(`${act}|${state}`) ?? 0;
  const shown = (act: string, state: string) =>
    count(act, state) === 0 && impossible(act, state) !== undefined ? '-' : count(act, state);
  const row = (cells: readonly unknown[]) => `| ${cells.join(' | ')} |`;
  const rows = acts.map((act) => row([act, ...all.map((state) => shown(act, state))]));
  const pairs = acts.flatMap((act) => all.map((state) => [act, state] as const));
  const never = pairs.filter(([act, state]) => count(act, state) === 0);
  const missing = never
    .filter(([act, state]) => impossible(act, state) === undefined)
    .map(([act, state]) => `${act} × ${state}`);
  const why = new Map<string, string[]>();
  for (const [act, state] of never) {
    const reason = impossible(act, state);
    if (reason) why.set(reason, [...(why.get(reason) ?? []), `${act} × ${state}`]);
  }
  const reasons = [...why].map(([reason, those]) => `- ${reason}: ${those.length} pairs.`);
  const head = [row(['act', ...all]), row(['---', ...all.map(() => '---:')])];
  return { text: [...head, ...rows, '', ...reasons].join('\n'), missing };
}
