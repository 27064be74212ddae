import { hash } from 'node:crypto';
import { transact } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { paper } from '#shared/paper/paper.ts';
import { Sender } from '#shared/paper/sender.ts';
import { newId } from '#shared/random.ts';
import { addresseeOf } from './addressee.ts';
import { waitingCode } from './codes.ts';
import { batchWrite, loadMembers, orderWrite } from './letter-store.ts';
import { drawLetter, type Letter } from './letters/letter.ts';
import { putLetters } from './letters-bucket.ts';
import { append } from './lines.ts';
import { ObjectionDays } from './next-code.ts';
import { loadStatuses } from './people-store.ts';
import { judgePosting } from './rules/judge-letter.ts';
import { isUnrepresented } from './rules/unrepresented.ts';
import type { Manifest } from './schema-letters.ts';
import type { LetterBatch, Member, PrintOrder } from './stored-letters.ts';

const { OBJECTION_DAYS: days, LETTER_SENDER: sender } = env({
  OBJECTION_DAYS: ObjectionDays,
  LETTER_SENDER: json(Sender),
});
const lanes = 8;

/**
 * Makes the sheets of a sealed batch, keeps them, and gives the batch out. Killed anywhere and done again,
 * it prints the same codes: they stand sealed in the batch itself. Who has decided meanwhile is left out.
 */
export async function releaseBatch(batch: LetterBatch, order: PrintOrder, now: number) {
  const members = await stillDue(await loadMembers(batch.batch), Date.parse(batch.begunAt));
  const manifest = members.length > 0 ? await print(batch, members) : undefined;
  const { batch: _in, ...free } = order;
  const to: LetterBatch = manifest
    ? {
        ...{ ...batch, state: 'ready', readyAt: new Date(now).toISOString() },
        ...{ sha256: manifest.sha256, sizeBytes: manifest.sizeBytes, letters: members.length },
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

async function stillDue(members: readonly Member[], madeAt: number): Promise<Member[]> {
  const statuses = await loadStatuses(members.map(({ holder }) => holder));
  return members.filter((letter) => {
    const status = statuses.get(letter.holder);
    if (!status || isUnrepresented(status, madeAt)) return false;
    return judgePosting({ status, letter, isPosted: true }) !== 'nothing';
  });
}

async function print(batch: LetterBatch, members: readonly Member[]): Promise<Manifest> {
  const madeAt = Date.parse(batch.begunAt);
  const statuses = await loadStatuses(members.map(({ holder }) => holder));
  const letters: Letter[] = [];
  await inLanes(members.entries(), lanes, async ([at, member]) => {
    const { holder, sealed, kind, reference } = member;
    if (!sealed) throw new Error('a letter without a code');
    // Of a record that was merged into another since: it is printed, and named as not to be posted.
    const status = statuses.get(holder) ?? { holder };
    // By the batch's own instant, so that it is printed the same however often.
    const [to, code] = await Promise.all([
      addresseeOf(status, madeAt),
      waitingCode(holder, { sealed }),
    ]);
    // His authority was taken this very moment (MIN-2): done again, the batch leaves him out.
    if (!to) throw new Error('a letter to nobody');
    letters[at] = { kind, ...to, code, reference };
  });
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
