import { operation } from '#shared/http/operation.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { loadStanding } from '#shared/record/standing.ts';
import type { NoticeBatch } from './batch-store.ts';
import { type DayLetter, lettersOfBatch } from './letter-store.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { letterHolds } from './rules.ts';
import { agentAs, asTold, givenOut } from './told-batch.ts';

const lanes = 8;

export const readBatch = operation(routes.readBatch, async ({ params: { batch }, caller }) => {
  agentAs(['campaign', 'print-shop'], caller);
  const found = await givenOut(batch);
  const withhold = found.posting ? [] : await withheld(found);
  return { status: 200, body: { ...asTold(found), withhold } };
});

/** Letters that were printed and are not to be posted any more, as things stand: their record or their reader has died, or what they tell was undone. */
async function withheld(batch: NoticeBatch): Promise<string[]> {
  const printed = new Set(batch.references);
  const kept: string[] = [];
  const letters = await lettersOfBatch(batch);
  const known = new Set<string>();
  await inLanes(letters, lanes, async (letter) => {
    const stale = new Set(await staleOf(letter));
    for (const { reference } of letter.sheets ?? []) {
      known.add(reference);
      if (printed.has(reference) && stale.has(reference)) kept.push(reference);
    }
  });
  // Of a record that was deleted since, its letters stand nowhere any more.
  const gone = batch.references.filter((reference) => !known.has(reference));
  return [...kept, ...gone].sort();
}

async function staleOf({ holder, sheets = [] }: DayLetter): Promise<string[]> {
  const standing = await loadStanding(holder);
  const isDead = async (reader: string) =>
    reader !== holder && (await loadStanding(reader))?.status === 'deceased';
  const stale: string[] = [];
  for (const { reference, reader, code } of sheets)
    if (!standing || !letterHolds(code, standing) || (await isDead(reader))) stale.push(reference);
  return stale;
}
