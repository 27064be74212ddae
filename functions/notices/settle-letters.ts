import { transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { appendLine, type LaneEntry } from '#shared/journal/append.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import { idFrom } from '#shared/random.ts';
import { loadBatch, type NoticeBatch } from './batch-store.ts';
import { type DayLetter, lettersOfBatch, letterWrite, type StoredSheet } from './letter-store.ts';
import { alsoOnLetter } from './notice-store.ts';
import { letterDay } from './rules.ts';
import { returnedWrite, settledWrite } from './sheet-writes.ts';

const lanes = 4;
const actor = { kind: 'system', id: 'notices' } as const;

/**
 * Does what the print shop told of a batch: of each record whose letters were posted, or came back, the journal says so, to
 * its holder; what the shop could not post is printed again, judged as anything that is printed (SEC-8). Once, however often
 * it is told. `clock` in ms.
 */
export async function settleLetters(name: string, clock: () => number): Promise<void> {
  const batch = await loadBatch(name);
  if (!batch?.posting) return;
  const { posting } = batch;
  await inLanes(await lettersOfBatch(batch), lanes, async (letter) => {
    if (letter.settled === undefined) await settlePosting(letter, { batch, posting, now: clock() });
  });
  const returns = new Map((batch.returns ?? []).map((one) => [one.reference, one]));
  if (returns.size === 0) return;
  await inLanes(await lettersOfBatch(batch), lanes, async (letter) => {
    for (const { reference } of letter.sheets ?? [])
      if (returns.has(reference) && !letter.returned?.has(reference))
        await appendLine(returnLine(letter, { reference, name, at: clock() }), {
          beside: () => [returnedWrite(letter, reference)],
        });
  });
}

interface Posted {
  readonly batch: NoticeBatch;
  readonly posting: NonNullable<NoticeBatch['posting']>;
  readonly now: number;
}

async function settlePosting(letter: DayLetter, { batch, posting, now }: Posted): Promise<void> {
  const printed = new Set(batch.references);
  const spoiled = new Set(posting.exceptions);
  const sheets = (letter.sheets ?? []).filter(({ reference }) => printed.has(reference));
  const left = sheets.filter(({ reference }) => !spoiled.has(reference));
  const again = sheets.filter(({ reference }) => spoiled.has(reference));
  const writes = [
    settledWrite(letter, posting.reportedAt),
    ...(again.length > 0 ? printedAgain(letter, again, now) : []),
  ];
  if (left.length === 0) return transact(writes);
  await appendLine(
    {
      ...ofLetters(letter.holder, ['post', batch.batch]),
      ...{ at: now, action: 'notices/post-letter', outcome: 'done' },
      object: {
        ...{ kind: 'letters', id: batch.batch, to: posting.on },
        counts: { sheets: left.length },
      },
    },
    { beside: () => writes },
  );
}

/** What could not be posted goes into the letters of the next day; the last news of a record has no notice of its own. */
function printedAgain({ holder }: DayLetter, sheets: readonly StoredSheet[], now: number) {
  const day = letterDay(now, 1);
  const left = sheets.flatMap(({ code, notices, reader }) =>
    notices.map((notice) => ({ notice, code, readers: [reader] })),
  );
  const listed = left.filter(({ code }) => code !== 'SUPPRESSION').map(({ notice }) => notice);
  return [
    letterWrite({ holder, left }, { day, reason: 'spoiled' }),
    ...[...new Set(listed)].map((notice) => alsoOnLetter({ holder, notice }, day)),
  ];
}

const returnLine = (
  { holder }: DayLetter,
  { reference, name, at }: { reference: string; name: string; at: number },
): LaneEntry => ({
  ...ofLetters(holder, ['return', name, reference]),
  ...{ at, action: 'notices/note-return', outcome: 'done' },
  object: { kind: 'letters', id: name },
});

/** One id an act: whoever is told twice to write it leaves one line. */
const ofLetters = (holder: string, act: readonly string[]) => ({
  ...{ id: idFrom('notices', ...act, holder), holder, lane: laneOf(actor.id), actor },
  channel: 'post' as const,
  policy: 'notices-1',
  visible: 'holder' as const,
});
