import './record.ts';
import { describe, expect, test } from 'vitest';
import { dropHeld, dropOthers, loadDmp } from '#functions/documents/dmp-store.ts';
import { someoneWho } from './becoming.ts';
import { filedOf, handsOver, holds, receiptOf, takesIn, toldOf } from './dmp.ts';
import { waiting } from './dmp-owners.ts';
import { holderOf, merge, somebody } from './merging.ts';
import { manifestOf, packed } from './packages.ts';

describe('R1111-40, ENR-20: a DMP and a merge', () => {
  test('moves when its record takes in one that is activated', async () => {
    const { holder, nir, at } = await waiting();
    await holds(at);
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
    const other = await somebody('activated', 'ines');
    expect(await merge(other, { holder, nir })).toMatchObject({ updated: 1, errors: 0 });
    expect(await filedOf(holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
    expect(await toldOf(holder)).toContain('documents/transfer-dmp 3');
  });

  test('is not whole in a record that was merged meanwhile: the next delivery takes it in where the person is', async () => {
    const { holder, nir, at } = await waiting();
    const into = await someoneWho('invited');
    let judged = 0;
    const merged = async () => {
      if (++judged === 3)
        expect(await merge({ holder, nir }, into)).toMatchObject({ updated: 1, errors: 0 });
    };
    await expect(takesIn(at, undefined, merged)).rejects.toMatchObject({ name: 'Rivalled' });
    expect(await toldOf(holder)).toEqual([]);
    expect(await holderOf({ holder, nir })).toBe(into.holder);
    expect(await takesIn(at)).toBe('complete');
    expect(await receiptOf(at)).toMatchObject({ state: 'complete', taken: 3 });
    expect(await filedOf(into.holder)).toEqual({ DMP: 1, HELD: 3 });
    expect(await toldOf(into.holder)).toEqual(['documents/take-in-dmp 3']);
  });
});

test('R1111-40: who was overtaken takes away nothing of the package that came after his', async () => {
  const { holder, nir, at } = await waiting();
  expect(await takesIn(at, () => false)).toBe('more');
  const first = await loadDmp(holder);
  if (!first) throw new Error('no package');
  const documents = [packed(nir, '1'), packed(nir, '2')];
  const next = await handsOver(manifestOf(nir, documents), documents);
  expect(await takesIn(next, () => false)).toBe('more');
  expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 2 });
  await expect(dropOthers(holder, first)).rejects.toThrow();
  await dropHeld(holder, first.name);
  expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 1 });
  expect(await takesIn(next)).toBe('complete');
  expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 2 });
});
