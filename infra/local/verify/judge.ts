import { type Fault, followChain, type Kept } from '#shared/journal/verify.ts';
import type { Export } from './read-export.ts';

export type Judgement =
  | { readonly ok: true; readonly lines: number; readonly lanes: number; readonly withheld: number }
  | { readonly ok: false; readonly fault: Place };

interface Place {
  readonly lane: number;
  readonly seq: number;
  readonly kind: Fault;
}

/**
 * Follows each chain of an export from its first line to its end. Ends that an earlier export knew must
 * still stand in it: that is how a cut or rewritten end is seen in the lanes of reads and deposits.
 */
export function judge(told: Export, earlier?: Export): Judgement {
  const known = earlier ? [earlier, ...earlier.merged] : [];
  let all = { ok: true as const, lines: 0, lanes: 0, withheld: 0 };
  for (const one of [told, ...told.merged]) {
    const judged = judgeOne(
      one,
      known.find(({ holder }) => holder === one.holder),
    );
    if (!judged.ok) return judged;
    const { lines, lanes, withheld } = judged;
    all = {
      ...{ ok: true, lines: all.lines + lines, lanes: all.lanes + lanes },
      withheld: all.withheld + withheld,
    };
  }
  return all;
}

/** The chains of one record. */
function judgeOne(told: Export, earlier?: Export): Judgement {
  const byLane = Map.groupBy(told.lines, ({ lane }) => lane);
  const anchors = [...told.anchors, ...told.heads, ...(earlier?.heads ?? [])];
  const lanes = new Set([...byLane.keys(), ...anchors.map(({ lane }) => lane)]);
  for (const lane of [...lanes].sort((a, b) => a - b)) {
    const vouched = anchors.filter((one) => one.lane === lane);
    const end = told.heads.find((one) => one.lane === lane)?.seq ?? 0;
    const fault = faultIn(byLane.get(lane) ?? [], { holder: told.holder, lane, vouched, end });
    if (fault) return { ok: false, fault };
  }
  const withheld = told.lines.filter((line) => 'withheld' in line).length;
  return { ok: true, lines: told.lines.length, lanes: byLane.size, withheld };
}

function faultIn(
  lines: readonly Kept[],
  of: { holder: string; lane: number; vouched: Export['heads']; end: number },
): Place | undefined {
  const chain = followChain(of, of.vouched);
  for (const line of lines) {
    const kind = chain.next(line) ?? (line.seq > of.end ? 'stranger' : undefined);
    if (kind) return { lane: of.lane, seq: line.seq, kind };
  }
  const kind = chain.end();
  return kind && { lane: of.lane, seq: chain.head().seq + 1, kind };
}

const sentences: Readonly<Record<Fault, (seq: number) => string>> = {
  order: (seq) => `la ligne ${seq} est en double ou n’est pas à sa place`,
  gap: (seq) => `il manque une ligne avant la ligne ${seq}`,
  chain: (seq) => `la ligne ${seq} ne suit pas celle d’avant : l’une des deux a été changée`,
  stranger: (seq) => `la ligne ${seq} n’appartient pas à cet historique`,
  unreadable: (seq) => `la ligne ${seq} n’est pas lisible`,
  changed: (seq) => `la ligne ${seq} a été changée`,
  cut: (seq) => `la fin a été coupée à partir de la ligne ${seq}`,
};

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString('fr-FR')} ${count > 1 ? many : one}`;

/** The judgement in one sentence for a person. */
export function sentenceOf(judged: Judgement): string {
  if (!judged.ok) {
    const { lane, seq, kind } = judged.fault;
    return `Historique altéré : dans la suite ${lane}, ${sentences[kind](seq)}.`;
  }
  const { lines, lanes, withheld } = judged;
  const all = `${counted(lines, 'ligne vérifiée', 'lignes vérifiées')} dans ${counted(lanes, 'suite', 'suites')}`;
  const hidden =
    withheld === 0
      ? ''
      : ` (${counted(withheld, 'ligne ne vous est pas montrée', 'lignes ne vous sont pas montrées')} : sa place est vérifiée, pas son contenu)`;
  return `Historique intact : ${all}, rien ne manque et rien n’a été changé${hidden}.`;
}
