import './record.ts';
import { afterEach, describe, expect, test } from 'vitest';
import { loadDmp } from '#functions/documents/dmp-store.ts';
import { settleDmp } from '#functions/documents/settle-dmp.ts';
import { standsAs } from '#test/notices/holders.ts';
import { filedOf, handsOver, now, receiptOf, takesIn, toldOf } from './dmp.ts';
import { manifestOf, packed } from './packages.ts';
import { record, world } from './record.ts';

afterEach(() => world.clearFaults());

const settles = (holder: string) => settleDmp(holder, () => now);
const become = (holder: string, status: 'open' | 'opposed' | 'activated') =>
  standsAs(holder, { status, linkedTo: undefined });

/** Somebody invited, and a package with three documents of his. */
async function waiting() {
  const { holder, nir } = await record({ status: 'invited' });
  const documents = [
    packed(nir, '1'),
    packed(nir, '2'),
    packed(nir, '3', { status: 'superseded' }),
  ];
  const manifest = manifestOf(nir, documents);
  const at = await handsOver(manifest, documents);
  return { holder, nir, documents, manifest, at };
}

describe('R1111-40: an existing DMP', () => {
  test('is taken in before the opening, held, and moves whole at it', async () => {
    const { holder, manifest, at } = await waiting();
    expect(await takesIn(at)).toBe('complete');
    expect(await receiptOf(at)).toMatchObject({
      state: 'complete',
      taken: 3,
      of: 3,
      hash: manifest.hash,
    });
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, HELD: 3 });
    await become(holder, 'open');
    await settles(holder);
    await settles(holder);
    expect(await filedOf(holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
    expect((await loadDmp(holder))?.state).toBe('moved');
    expect(await toldOf(holder)).toEqual(['documents/take-in-dmp 3', 'documents/transfer-dmp 3']);
  });
});
