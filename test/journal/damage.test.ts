import { describe, expect, test } from 'vitest';
import { judge, sentenceOf } from '#infra/local/verify/judge.ts';
import { genesis, hashOf } from '#shared/journal/line.ts';
import { JournalLine } from '#shared/journal/schema.ts';
import { followChain, type Kept, verifyChain } from '#shared/journal/verify.ts';
import { chainOf, exported } from './chains.ts';

/** The same line with one character of one field turned into another. */
const turned = (text: string): string => `${text.slice(0, -1)}${text.endsWith('x') ? 'y' : 'x'}`;

/** Every field of a line, the inner ones too, by its path. */
function pathsOf(value: object, before: string[] = []): string[][] {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'object' && inner !== null
      ? pathsOf(inner, [...before, key])
      : [[...before, key]],
  );
}

function changedAt(value: unknown, [key = '', ...rest]: string[]): unknown {
  if (typeof value !== 'object' || value === null) throw new Error('no such path');
  const inner: unknown = Reflect.get(value, key);
  const next =
    rest.length > 0
      ? changedAt(inner, rest)
      : typeof inner === 'number'
        ? inner ^ 1
        : turned(String(inner));
  return { ...value, [key]: next };
}

/** As the verifying command takes a line in: what is no line is told as such. */
const taken = (given: unknown, { lane, seq }: JournalLine): Kept =>
  JournalLine.safeParse(given).data ?? { unreadable: true, lane, seq };

const { lines, head } = chainOf(6);
const [sample] = lines;
const paths = pathsOf(sample ?? {});

describe('a chain of which somebody changed', () => {
  test('a line has all the fields that are changed here', () => {
    expect(paths.map((path) => path[0])).toEqual(expect.arrayContaining(Object.keys(sample ?? {})));
    expect(paths.length).toBeGreaterThan(18);
  });

  test.each(paths.map((path) => path.join('.')))('one bit of %s, is found', (path) => {
    for (const at of [0, 2, 5]) {
      const line = lines[at];
      if (!line) throw new Error('no line');
      const forged: Kept[] = [...lines];
      forged[at] = taken(changedAt(line, path.split('.')), line);
      expect(verifyChain(forged, [head]), `line ${at + 1}`).toMatchObject({ ok: false });
    }
  });

  test('the hash of a line is over every field: no two of these agree', () => {
    if (!sample) throw new Error('no line');
    const hashes = paths
      .map((path) => JournalLine.safeParse(changedAt(sample, path)).data)
      .filter((line) => line !== undefined)
      .map(hashOf);
    expect(new Set([hashOf(sample), ...hashes]).size).toBe(hashes.length + 1);
  });

  const without = (at: number) => lines.toSpliced(at, 1);
  const other = chainOf(6, { holder: 'h2' }).lines;
  const swapped = [1, 3, 2, 4, 5, 6].flatMap((seq) => lines.slice(seq - 1, seq));
  test.each<[string, readonly Kept[], { at: number; fault: string }]>([
    ['a line dropped', without(3), { at: 3, fault: 'gap' }],
    ['the first line dropped', without(0), { at: 0, fault: 'gap' }],
    ['two lines swapped', swapped, { at: 1, fault: 'gap' }],
    ['a line doubled', lines.toSpliced(3, 0, ...lines.slice(2, 3)), { at: 3, fault: 'order' }],
    [
      'a line of another',
      lines.toSpliced(3, 1, ...other.slice(3, 4)),
      { at: 3, fault: 'stranger' },
    ],
    ['the end cut off', without(5), { at: 5, fault: 'cut' }],
    ['all lines cut off', [], { at: 0, fault: 'cut' }],
  ])('%s, is found', (_what, damaged, verdict) => {
    expect(verifyChain(damaged, [head])).toEqual({ ok: false, ...verdict });
  });

  test('whoever vouches for a line must agree with it, though another does', () => {
    const other = { ...head, hash: 'B'.repeat(43) };
    for (const anchors of [
      [head, other],
      [other, head],
    ])
      expect(verifyChain(lines, anchors)).toEqual({ ok: false, at: 5, fault: 'changed' });
  });

  test('a cut or changed end is not seen without somebody who vouches for it', () => {
    expect(verifyChain(without(5))).toEqual({ ok: true, lines: 5 });
    const last = lines[5];
    if (!last) throw new Error('no line');
    const forged = lines.with(5, { ...last, policy: 'forged' });
    expect(verifyChain(forged)).toEqual({ ok: true, lines: 6 });
    expect(verifyChain(forged, [head])).toEqual({ ok: false, at: 5, fault: 'changed' });
  });
});

describe('a line that the reader may not see', () => {
  const withheldAt = (at: number): Kept[] =>
    lines.map((line, n) => {
      const { lane, seq, prev } = line;
      return n === at ? { withheld: true, lane, seq, prev, hash: hashOf(line) } : line;
    });

  test.each([0, 3, 5])('does not break the chain (line %i)', (at) => {
    expect(verifyChain(withheldAt(at), [head])).toEqual({ ok: true, lines: 6 });
  });

  test('cannot stand for a line that was changed', () => {
    const forged = withheldAt(3).map((line) =>
      'withheld' in line ? { ...line, hash: 'B'.repeat(43) } : line,
    );
    expect(verifyChain(forged)).toEqual({ ok: false, at: 4, fault: 'chain' });
  });

  test('tells a change of the line before it', () => {
    const forged = withheldAt(3).map(
      (line, n): Kept => (n === 2 && 'policy' in line ? { ...line, policy: 'forged' } : line),
    );
    expect(verifyChain(forged)).toEqual({ ok: false, at: 3, fault: 'chain' });
  });

  test('is of this lane and in its turn', () => {
    const chain = followChain({ holder: 'h1', lane: 0 });
    const [prev, hash] = [genesis.hash, 'B'.repeat(43)];
    const hidden = { withheld: true, seq: 1, prev, hash } as const;
    expect(chain.next({ ...hidden, lane: 1 })).toBe('stranger');
    expect(chain.next({ ...hidden, lane: 0, seq: 2 })).toBe('gap');
    expect(chain.next({ ...hidden, lane: 0 })).toBeUndefined();
    expect(chain.next({ ...hidden, lane: 0 })).toBe('order');
  });
});

describe('an exported history', () => {
  test('that is whole is told to be', () => {
    const judged = judge(exported());
    expect(judged).toEqual({ ok: true, lines: 10, lanes: 3, withheld: 0 });
    expect(sentenceOf(judged)).toBe(
      'Historique intact : 10 lignes vérifiées dans 3 suites, rien ne manque et rien n’a été changé.',
    );
  });

  test('is whole though lines are withheld, and says how many', () => {
    const told = exported();
    const [first] = told.lines;
    if (!first) throw new Error('no line');
    const hash = hashOf(first);
    const hidden = { withheld: true, lane: 0, seq: 1, prev: first.prev, hash } as const;
    const judged = judge({ ...told, lines: [hidden, ...told.lines.slice(1)] });
    expect(judged).toMatchObject({ ok: true, withheld: 1 });
    expect(sentenceOf(judged)).toContain('1 ligne ne vous est pas montrée');
  });

  test.each<[string, (lines: JournalLine[]) => Kept[], object]>([
    ['a line of a lane dropped', (all) => all.toSpliced(6, 1), { lane: 3, seq: 3, kind: 'gap' }],
    ['the end of a lane cut', (all) => all.toSpliced(8, 1), { lane: 3, seq: 4, kind: 'cut' }],
    ['a whole lane left out', (all) => all.slice(0, 9), { lane: 8, seq: 1, kind: 'cut' }],
    [
      'a line beyond the end',
      (all) => [...all, ...chainOf(2, { lane: 8 }).lines.slice(1)],
      { lane: 8, seq: 2, kind: 'stranger' },
    ],
    [
      'a lane that has no end',
      (all) => [...all, ...chainOf(1, { lane: 5 }).lines],
      { lane: 5, seq: 1, kind: 'stranger' },
    ],
    [
      'what is no line',
      (all) => all.map((one, at): Kept => (at === 2 ? { unreadable: true, lane: 0, seq: 3 } : one)),
      { lane: 0, seq: 3, kind: 'unreadable' },
    ],
  ])('with %s, is told to be altered, and where', (_what, damage, fault) => {
    const told = exported();
    const judged = judge({ ...told, lines: damage(told.lines) });
    expect(judged).toEqual({ ok: false, fault });
    expect(sentenceOf(judged)).toMatch(/^Historique altéré : dans la suite \d, .+\.$/);
  });

  test('that does not go on from an earlier one was rewritten since', () => {
    const told = exported();
    const longer = chainOf(3, { lane: 8 });
    const now = {
      ...told,
      heads: told.heads.with(2, longer.head),
      lines: [...told.lines.slice(0, 9), ...longer.lines],
    };
    expect(judge(now, told)).toMatchObject({ ok: true });
    expect(judge(told, now)).toEqual({ ok: false, fault: { lane: 8, seq: 2, kind: 'cut' } });
    const rewritten = chainOf(3, { lane: 8, policy: 'other' });
    const other = {
      ...now,
      heads: told.heads.with(2, rewritten.head),
      lines: [...told.lines.slice(0, 9), ...rewritten.lines],
    };
    expect(judge(other)).toMatchObject({ ok: true });
    expect(judge(other, told)).toEqual({ ok: false, fault: { lane: 8, seq: 1, kind: 'changed' } });
  });
});
