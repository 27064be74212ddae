import './record.ts';
import { describe, expect, test } from 'vitest';
import { loadDmp } from '#functions/documents/dmp-store.ts';
import { loadStatus } from '#functions/enrolment/person-store.ts';
import { become, someoneWho } from './becoming.ts';
import { filedOf, holds, receiptOf, takesIn } from './dmp.ts';
import { belongsTo, settles, waiting } from './dmp-owners.ts';
import { contentsOf, holderOf, merge, world } from './merging.ts';

const stateOf = async (holder: string) => (await loadDmp(holder))?.state;

describe('R1111-40, ENR-20: who had a DMP under a number that another replaces', () => {
  test('held, it waits under its name and key, moves as the person’s record opens, and follows into it', async () => {
    const from = await waiting();
    await holds(from.at);
    const into = await someoneWho('invited');
    expect(await merge(from, into)).toMatchObject({ updated: 1, errors: 0 });
    expect(await holderOf(from)).toBe(into.holder);
    expect(await filedOf(from.holder)).toEqual({ DMP: 1, HELD: 3 });
    expect(await loadStatus(into.holder)).toMatchObject({ dmp: { since: expect.any(String) } });
    // The same package handed over once more is that one, by either number.
    expect(await takesIn(from.at)).toBe('complete');
    expect(await receiptOf(from.at)).toMatchObject({ state: 'complete', taken: 3 });
    expect(await filedOf(into.holder)).toEqual({});
    await become(into.holder, 'open');
    const standing = await loadStatus(into.holder);
    expect(standing?.status).toBe('open');
    await settles(into.holder);
    await world.idle();
    expect(await stateOf(from.holder)).toBe('moved');
    expect(await filedOf(from.holder)).toEqual({ DMP: 1 });
    expect(await filedOf(into.holder)).toEqual({ DOC: 3, UID: 3 });
    expect(await contentsOf(into)).toHaveLength(3);
    // Once more it is done.
    await settles(into.holder);
    expect(await filedOf(into.holder)).toEqual({ DOC: 3, UID: 3 });
    // A wrong merge: what was his goes back to him.
    expect(await merge(from, into, 'split')).toMatchObject({ updated: 1, errors: 0 });
    expect(await filedOf(from.holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
    expect(await filedOf(into.holder)).toEqual({});
    expect(await loadStatus(into.holder)).not.toHaveProperty('dmp');
    expect(await loadStatus(from.holder)).toHaveProperty('dmp');
  });

  test('moved already, its documents follow as any others do', async () => {
    const from = await waiting();
    await holds(from.at);
    await belongsTo(from.holder, 'lucien');
    await settles(from.holder);
    expect(await filedOf(from.holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
    const into = await someoneWho('open');
    expect(await merge(from, into)).toMatchObject({ updated: 1, errors: 0 });
    expect(await filedOf(into.holder)).toEqual({ DOC: 3, UID: 3 });
    expect(await merge(from, into, 'split')).toMatchObject({ updated: 1, errors: 0 });
    expect(await filedOf(from.holder)).toEqual({ DMP: 1, DOC: 3, UID: 3 });
  });

  test('L1111-18: archived of who objected it keeps its end, and comes back when he activates', async () => {
    const from = await waiting();
    await holds(from.at);
    await become(from.holder, 'opposed');
    await settles(from.holder);
    await world.idle();
    expect(await stateOf(from.holder)).toBe('archived');
    const before = await loadStatus(from.holder);
    expect(before?.dmp).toHaveProperty('deleteFrom');
    const into = await someoneWho('invited');
    expect(await merge(from, into)).toMatchObject({ updated: 1, errors: 0 });
    expect(await loadStatus(into.holder)).toMatchObject({ status: 'opposed', dmp: before?.dmp });
    await belongsTo(into.holder, 'ines');
    await settles(into.holder);
    await world.idle();
    expect(await stateOf(from.holder)).toBe('moved');
    expect(await filedOf(into.holder)).toEqual({ DOC: 3, UID: 3 });
  });
});
