import { actNames } from './acts.ts';
import { states } from './person.ts';

/** How often each act met somebody in each state, as a table; and which never met. */
export function tableOf(met: ReadonlyMap<string, number>): { text: string; missing: string[] } {
  const acts = [...actNames, 'merge', 'merge into', 'part', 'part from', 'open', 'erase'];
  const count = (act: string, state: string) => met.get(`${act}|${state}`) ?? 0;
  const widest = Math.max(...acts.map(({ length }) => length));
  const head = ['act'.padEnd(widest), ...states.map((state) => state.slice(0, 9).padStart(9))].join(
    ' ',
  );
  const rows = acts.map((act) =>
    [act.padEnd(widest), ...states.map((state) => String(count(act, state)).padStart(9))].join(' '),
  );
  const missing = acts.flatMap((act) =>
    states.filter((state) => count(act, state) === 0).map((state) => `${act} × ${state}`),
  );
  return { text: [head, ...rows].join('\n'), missing };
}
