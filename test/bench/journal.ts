import { hash } from 'node:crypto';
import process from 'node:process';
import { type Entry, genesis, nextLine } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { exact, type Finding, timed } from './report.ts';
import { interleave, median, ratioOf, type Side } from './rounds.ts';

const goals = { append: 0.5, verifyMicros: 5 };

/** A reading by a professional: as long as lines come. */
const entryOf = (at: number): Entry => ({
  id: `0123456789abcdefghjk${String(at).padStart(6, '0')}`,
  holder: '0123456789abcdefghjkmnpqrs',
  lane: 3,
  at: 1_644_224_400_000 + at,
  actor: {
    kind: 'professional',
    id: '899700000011',
    name: 'Docteur Hélène Inventée',
    role: 'doctor',
    structure: 'Cabinet des Exemples',
  },
  mode: 'normal',
  purpose: 'care',
  channel: 'api',
  action: 'documents/read-content',
  object: { kind: 'document', id: 'zyxwvtsrqpnmkjhgfedcba9876' },
  outcome: 'done',
  policy: 'access-1',
  visible: 'holder',
});

/** Nothing is waited for here, so processor time tells more than the clock of a busy machine. */
const clocked =
  (act: () => void): Side =>
  async () => {
    const begin = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(begin);
    return (user + system) / 1000;
  };

/**
 * Appending to a chain (line, canonical JSON, hash) against JSON.stringify and SHA-256 of the same lines,
 * and what verifying a chain takes for each line.
 */
export async function journalFindings({ lines: count, rounds }: { lines: number; rounds: number }) {
  const entries = Array.from({ length: count }, (_, at) => entryOf(at));
  const append = (keep?: (line: JournalLine) => void) => {
    let head = genesis;
    for (const entry of entries) {
      const next = nextLine(head, entry);
      keep?.(next.line);
      head = next.head;
    }
  };
  const lines: JournalLine[] = [];
  append((line) => lines.push(line));
  const bare = clocked(() => {
    for (const line of lines) hash('sha256', JSON.stringify(line), 'base64url');
  });
  const verify = clocked(() => {
    if (!verifyChain(lines).ok) throw new Error('the chain does not verify');
  });
  const sides = { bare, append: clocked(() => append()), again: bare, verify };
  const times = await interleave(sides, rounds, 2);
  const micros = (1000 * Math.min(...times.verify)) / count;
  const perSecond = Math.round((1000 * count) / median(times.verify));
  const findings: Finding[] = [
    timed('appending a line against JSON and SHA-256', {
      ratio: ratioOf([...times.bare, ...times.again], times.append),
      least: goals.append,
      noise: ratioOf(times.bare, times.again),
      inTimes: true,
    }),
    exact('verifying a chain', {
      value: micros,
      most: goals.verifyMicros,
      unit: 'µs a line',
      more: `${perSecond.toLocaleString('en')} lines a second`,
    }),
  ];
  return { findings, times };
}
