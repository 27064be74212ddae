import { inLanes } from '#shared/in-lanes.ts';
import { loadBatch, loadMembers } from './letter-store.ts';
import { settlePosting } from './settle-posting.ts';
import { settleReturn } from './settle-return.ts';

const lanes = 4;

/**
 * Does to each person of a batch what was told of its posting, then what was told of its returns (ENR-1,
 * ENR-2). What is done stands with the letter, so that it may be killed anywhere and done again, or come twice.
 */
export async function settleBatch(name: string, clock: () => number): Promise<void> {
  const batch = await loadBatch(name);
  if (!batch?.posting) return;
  const { posting } = batch;
  const exceptions = new Set(posting.exceptions);
  await inLanes(await loadMembers(name), lanes, async (member, lane) => {
    if (member.became) return;
    const isPosted = !exceptions.has(member.reference);
    await settlePosting({
      batch: name,
      place: member.place,
      posting,
      isPosted,
      lane,
      now: clock(),
    });
  });
  const returned = new Set((batch.returns ?? []).map(({ reference }) => reference));
  if (returned.size === 0) return;
  await inLanes(await loadMembers(name), lanes, async (member) => {
    if (returned.has(member.reference) && member.became !== 'returned')
      await settleReturn({ batch: name, place: member.place, now: clock() });
  });
}
