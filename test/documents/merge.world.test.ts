import '#test/notices/in-process.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadSignpost } from '#shared/record/signpost.ts';
import { loadStanding } from '#shared/record/standing.ts';
import { deposit, pdf } from './deposits.ts';
import { contentsOf, finds, holderOf, merge, type Somebody, somebody } from './merging.ts';
import { deposits, Kept, reads } from './talk.ts';

const citizen = 'camille';

async function holds({ nir }: Somebody, words: string): Promise<string> {
  const answer = await deposits('laboratoire', deposit(nir, {}, { content: pdf(words) }));
  expect(answer.status).toBe(201);
  return Kept.parse(answer.body).id;
}

describe('ENR-20: two records with documents that are one person’s', () => {
  let into: Somebody;
  let from: Somebody;
  let [own, first, second] = ['', '', ''];

  beforeAll(async () => {
    into = await somebody('open');
    from = await somebody('activated', citizen);
    own = await holds(into, 'sous le numéro définitif');
    first = await holds(from, 'un sous le numéro d’attente');
    second = await holds(from, 'deux sous le numéro d’attente');
  });

  test('become one: status, account and numbers lead to the one that stays', async () => {
    expect(await merge(from, into)).toMatchObject({ updated: 1, errors: 0 });
    expect(await holderOf(from)).toBe(into.holder);
    expect(await loadStanding(from.holder)).toBeUndefined();
    expect(await loadSignpost(from.holder)).toMatchObject({ mergedInto: into.holder });
    expect(await loadStanding(into.holder)).toMatchObject({ status: 'activated' });
    expect(await merge(from, into)).toMatchObject({ updated: 0, unchanged: 1 });
  });

  test('documents follow: all are found and read in one record, nothing is left in the other', async () => {
    expect(await finds(citizen)).toEqual([own, first, second].toSorted());
    const read = await reads(citizen, `Binary/${first}`, { accept: 'application/pdf' });
    expect(read.text).toContain('un sous le numéro d’attente');
    expect(await contentsOf(from)).toEqual([]);
    expect(await contentsOf(into)).toEqual([own, first, second].toSorted());
  });
});
