import { kolmogorov } from '../kolmogorov.ts';
import type { Place } from '../place.ts';
import type { Finding } from '../report.ts';
import { median } from '../rounds.ts';
import { kinds, strangersOf, type Try } from '../strangers.ts';
import { found, plan, raw } from '../tools.ts';

/** So many tries of each case are made ready at once. */
const ready = 100;
const goal = { median: 0.03, p: 0.01 };

/** Answers without what differs from one request to the next. */
const bytesOf = ({ status, text }: { status: number; text: string }) =>
  `${status} ${text.replace(/"(instance|requestId|trace)":"[^"]*"/g, '')}`;

/** What a stranger can tell apart by the clock: each case against the first of its kind, interleaved one by one. */
export async function strangers(place: Place): Promise<void> {
  const { triesOf } = await strangersOf(place);

  async function measured(kind: string, names: readonly string[]) {
    const cases = names.flatMap((name) => {
      const one = kinds[kind]?.[name];
      return one ? [{ name, one }] : [];
    });
    const times = new Map(names.map((name) => [name, [] as number[]]));
    const answers = new Map(names.map((name) => [name, new Set<string>()]));
    for (let made = -ready; made < plan.tries; made += ready) {
      const rounds: { name: string; tries: Try[] }[] = [];
      for (const { name, one } of cases)
        rounds.push({ name, tries: await triesOf(`${kind} ${name}`, one, ready) });
      for (let at = 0; at < ready; at++)
        for (let turn = 0; turn < rounds.length; turn++) {
          const { name, tries } = rounds[(at + turn) % rounds.length] ?? {};
          const asked = tries?.[at];
          if (name === undefined || asked === undefined) continue;
          const begun = performance.now();
          const answer = await place.world.request({ method: 'POST', ...asked });
          // The first hundred of each warm the function up.
          if (made >= 0) times.get(name)?.push(performance.now() - begun);
          answers.get(name)?.add(bytesOf(answer));
        }
    }
    return { times, answers };
  }

  for (const [kind, cases] of Object.entries(kinds)) {
    const names = Object.keys(cases);
    const [base = ''] = names;
    const first = await measured(kind, names);
    const judged = judge(kind, base, first);
    const missed = names.filter((name) => judged.get(name)?.outcome === 'MISSED');
    // Of a dozen comparisons one may miss by chance: what differs does so again.
    const again =
      missed.length === 0
        ? new Map<string, Finding>()
        : judge(kind, base, await measured(kind, [...new Set([base, 'again', ...missed])]));
    for (const [name, finding] of judged) found(again.get(name) ?? finding);
    raw[`strangers, ${kind}`] = Object.fromEntries(first.times);
  }
}

interface Measured {
  readonly times: ReadonlyMap<string, readonly number[]>;
  readonly answers: ReadonlyMap<string, ReadonlySet<string>>;
}

function judge(kind: string, base: string, { times, answers }: Measured): Map<string, Finding> {
  const baseline = times.get(base) ?? [];
  const bytes = [...(answers.get(base) ?? [])].join();
  const apart = (name: string) => {
    const own = times.get(name) ?? [];
    const difference = median(own) / median(baseline) - 1;
    const { distance, p } = kolmogorov(baseline, own);
    const isSame = [...(answers.get(name) ?? [])].join() === bytes;
    return { difference, distance, p, isSame };
  };
  const isFar = ({ difference, p }: { difference: number; p: number }) =>
    Math.abs(difference) > goal.median || p <= goal.p;
  const isNoisy = isFar(apart('again'));
  const findings = new Map<string, Finding>();
  for (const name of times.keys()) {
    if (name === base) continue;
    const figures = apart(name);
    const { difference, distance, p, isSame } = figures;
    const isMet = isSame && !isFar(figures);
    const outcome = isMet ? 'ok' : isSame && isNoisy ? 'unsure' : 'MISSED';
    const words = `median ${(100 * difference).toFixed(1)} % from ${median(baseline).toFixed(2)} ms, goal ± 3 %; Kolmogorov-Smirnov D ${distance.toFixed(3)}, p ${p.toFixed(3)}, goal > 0.01; ${isSame ? 'the same bytes' : 'OTHER BYTES'}`;
    const line = `${kind}, ${name} against ${base}: ${words}`;
    findings.set(name, { name: `strangers: ${kind}, ${name}`, outcome, line, figures });
  }
  return findings;
}
