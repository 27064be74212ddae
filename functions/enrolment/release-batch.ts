import { hash } from 'node:crypto';
import { transact } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { paper } from '#shared/paper/paper.ts';
import { Sender } from '#shared/paper/sender.ts';
import { newId } from '#shared/random.ts';
import { findAddressee } from './addressee.ts';
import { waitingCode } from './codes.ts';
import { dropLetter } from './drop-letter.ts';
import { batchWrite, loadMembers, orderWrite } from './letter-store.ts';
import { drawLetter, type Letter } from './letters/letter.ts';
import { putLetters } from './letters-bucket.ts';
import { append } from './lines.ts';
import { ObjectionDays } from './next-code.ts';
import { loadStatuses } from './people-store.ts';
import { judgePosting } from './rules/judge-letter.ts';
import type { Manifest } from './schema-letters.ts';
import type { Status } from './stored.ts';
import type { LetterBatch, Member, PrintOrder } from './stored-letters.ts';

const { OBJECTION_DAYS: days, LETTER_SENDER: sender } = env({
  OBJECTION_DAYS: ObjectionDays,
  LETTER_SENDER: json(Sender),
});
const lanes = 8;

/**
 * Makes the sheets of a sealed batch, keeps them, and gives the batch out. Killed anywhere and done again,
 * it prints the same codes: they stand sealed in the batch itself. Who has decided meanwhile, or whose identity
 * was taken away, is taken out: no single person stops a batch. Where nobody is left, the order is done: whom
 * the index still names was looked at, and the clock looks again.
 */
export async function releaseBatch(batch: LetterBatch, order: PrintOrder, now: number) {
  const letters = await stillDue(batch, now);
  const manifest = letters.length > 0 ? await print(batch, letters) : undefined;
  const { batch: _in, ...rest } = order;
  const free: PrintOrder = manifest ? rest : { ...rest, state: 'done' };
  const to: LetterBatch = manifest
    ? {
        ...{ ...batch, state: 'ready', readyAt: new Date(now).toISOString() },
        ...{ sha256: manifest.sha256, sizeBytes: manifest.sizeBytes, letters: letters.length },
      }
    : { ...batch, state: 'void' };
  const { next, line } = append(to, `letters:${batch.batch}`, {
    ...{ id: newId(), at: now, actor: { kind: 'system', id: 'letters' }, channel: 'post' },
    action: 'enrolment/release-letters',
    object: { kind: 'letters', id: batch.batch, department: batch.department, to: to.state },
    visible: 'operator',
  });
  await transact([
    batchWrite(next, batch.version),
    orderWrite({ ...free, version: order.version + 1 }, order.version),
    journalWrite(line),
  ]);
}

/** The letters that are to be printed, in the order of their places; what is due no more is taken out of the batch. */
async function stillDue({ batch, begunAt }: LetterBatch, now: number): Promise<Letter[]> {
  const members = (await loadMembers(batch)).filter(({ became }) => became === undefined);
  const statuses = await loadStatuses(members.map(({ holder }) => holder));
  // By the batch's own instant, so that it is printed the same however often.
  const madeAt = Date.parse(begunAt);
  const letters: (Letter | undefined)[] = [];
  await inLanes(members.entries(), lanes, async ([at, member]) => {
    letters[at] = await letterOf(member, statuses.get(member.holder), madeAt);
    if (!letters[at]) await dropLetter({ batch, place: member.place, now });
  });
  return letters.filter((letter) => letter !== undefined);
}

async function letterOf(
  member: Member,
  status: Status | undefined,
  madeAt: number,
): Promise<Letter | undefined> {
  if (!status || judgePosting({ status, letter: member, isPosted: true }) === 'nothing')
    return undefined;
  const to = await findAddressee(status, madeAt);
  if (!to) return undefined;
  const { holder, sealed, kind, reference, afterBurning } = member;
  if (!sealed) throw new Error('a letter without a code');
  return { ...to, kind, reference, afterBurning, code: await waitingCode(holder, { sealed }) };
}

async function print(batch: LetterBatch, letters: readonly Letter[]): Promise<Manifest> {
  const madeAt = Date.parse(batch.begunAt);
  const around = { sender, days, madeAt };
  const sheets = await paper(
    { title: `${sender.name} : courriers ${batch.batch}`, author: sender.name, madeAt },
    letters.map((letter) => (sheet) => drawLetter(sheet, letter, around)),
  );
  const manifest: Manifest = {
    ...{ batch: batch.batch, department: batch.department, madeAt: batch.begunAt },
    ...{ letters: letters.length, sizeBytes: sheets.length, sha256: hash('sha256', sheets) },
    pages: letters.map(({ reference }, at) => ({ page: at + 1, reference })),
  };
  await putLetters(sheets, manifest);
  return manifest;
}
