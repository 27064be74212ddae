import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { batchWrite, loadProgress, type Progress, progressWrite } from './batch-store.ts';
import { lettersToPrint } from './letter-store.ts';
import { printBatch } from './print-batch.ts';

/** Most holders to whose records a batch has letters. */
const mostLetters = 200;

/** Where the very first run begins: letters that waited since before there was a press. */
const daysBefore = 60;

/**
 * Prints the letters that are due, a batch after the other, from wherever an earlier run stopped (SEC-8). Nothing is
 * put into a day's letters once the day has begun, so what a batch holds stands still. True when all is done.
 */
export async function printDueLetters(
  clock: () => number,
  hasTime: () => boolean,
): Promise<{ batches: number; isDone: boolean }> {
  let batches = 0;
  while (hasTime()) {
    const step = await untilUnrivalled(() => next(clock()));
    if (step === 'done') return { batches, isDone: true };
    if (step === 'printed') batches++;
  }
  return { batches, isDone: false };
}

async function next(now: number): Promise<'printed' | 'moved' | 'done'> {
  const stands = await loadProgress();
  const today = parisDay(now);
  const from: Omit<Progress, 'version'> = stands ?? { day: addDays(today, -daysBefore), part: 1 };
  const version = (stands?.version ?? 0) + 1;
  for (let { day, after, part } = from; day <= today; day = addDays(day, 1)) {
    const { letters, next: more } = await lettersToPrint({ day, after, limit: mostLetters });
    const last = letters.at(-1)?.holder;
    if (last === undefined) {
      [after, part] = [undefined, 1];
      continue;
    }
    const name = `${day.replaceAll('-', '')}-${String(part).padStart(3, '0')}`;
    const made = await printBatch(letters, name, now);
    const isLast = more === undefined;
    const progress = isLast
      ? { day: addDays(day, 1), part: 1, version }
      : { day, after: last, part: made ? part + 1 : part, version };
    const batch = made && {
      ...{ batch: name, day, last, readyAt: new Date(now).toISOString(), ...made, version: 0 },
      ...(after === undefined ? {} : { after }),
    };
    const move = progressWrite(progress, stands?.version);
    await transact(batch ? [move, ...released(batch, now)] : [move]);
    return batch ? 'printed' : 'moved';
  }
  return 'done';
}

function released(
  batch: Omit<Parameters<typeof batchWrite>[0], 'headSeq' | 'headHash'>,
  now: number,
) {
  const { line, head } = nextLine(genesis, {
    ...{ id: newId(), holder: `letters:${batch.batch}`, at: now },
    ...{ actor: { kind: 'system', id: 'notices' }, channel: 'post' },
    action: 'notices/release-letters',
    object: { kind: 'letters', id: batch.batch, counts: { sheets: batch.references.length } },
    ...{ outcome: 'done', policy: 'notices-1', visible: 'operator' },
  });
  const whole = { ...batch, headSeq: head.seq, headHash: head.hash };
  return [batchWrite(whole, undefined), journalWrite(line)];
}
