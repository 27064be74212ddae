import { transact } from '#shared/aws/transact.ts';
import { type LineAt, loadLine } from '#shared/journal/load.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { newId } from '#shared/random.ts';
import { loadStanding, type Standing } from '#shared/record/standing.ts';
import { contactsOf } from './contact-of.ts';
import { letterDays } from './letter-days.ts';
import { letterWrite } from './letter-store.ts';
import { noteInJournal } from './lines.ts';
import {
  leftToLetter,
  loadNotice,
  noteSent,
  noteUnreached,
  releaseNotice,
  takeNotice,
} from './notice-store.ts';
import { deadlineIsNear } from './rules/deadline-is-near.ts';
import {
  addressesFor,
  asOfMinor,
  letterDay,
  letterIn,
  stillHolds,
  type Telling,
  toldInstead,
  toTell,
} from './rules.ts';
import type { LetterReason } from './schema.ts';
import { tellContacts } from './tell-contacts.ts';

/** Another delivery of the same fact is being told: if that one fails, this one must come again. */
export class InHand extends Error {
  override readonly name = 'InHand';
  readonly $retryable = {};
}

export interface Around {
  /** World time in ms. */
  readonly clock: () => number;
  /** Waits until one more mail may leave. */
  readonly paced: () => Promise<void>;
  /** The same for text messages, which another service takes. */
  readonly textsPaced?: () => Promise<void>;
}

/**
 * Tells the holder what a line of his journal says, once however often the fact comes: by mail,
 * by text message where no mail does, or by the letters of a later day where neither reaches him. Nothing is lost: who dies on the way is followed
 * by the next delivery. What that may double stands in the journal.
 */
export async function onFact(
  fact: LineAt,
  { clock, paced, textsPaced = paced }: Around,
): Promise<void> {
  const told = toTell(await loadLine(fact));
  if (!told) return;
  const [standing, before] = await Promise.all([loadStanding(told.holder), loadNotice(told)]);
  if (!standing || !stillHolds(told.code, standing.status)) return;
  if (told.code === 'RAPPEL_DELAI' && !deadlineIsNear(standing, clock())) return;
  const isMinors = standing.child !== undefined && isMinor(standing.child, clock());
  const telling = asOfMinor(told, isMinors);
  if (isNobodysNews(telling, standing, isMinors)) return;
  if (telling.letterOnly) return leaveLast(telling, standing, clock());
  if (before && before.state !== 'prepared') return;
  const token = newId();
  if (!(await takeNotice(telling, { token, now: clock(), before }))) throw new InHand();
  // Somebody had it in hand and never said what became of it.
  const mayHaveLeft = before !== undefined && !before.unsent;
  const doubtful = () => noteInJournal(telling, { id: token, at: clock(), says: 'may-be-doubled' });
  const { outcome, hasLeft, unreached } = await tellContacts(telling, {
    ...{ standing, now: clock(), paced, textsPaced },
    warned: mayHaveLeft ? doubtful : undefined,
    nothingLeft: () => givenBack(telling, token),
  });
  const reason = outcome !== 'sent' ? outcome : telling.letterToo ? 'always' : undefined;
  // No letter either where nobody may be told in a minor's place: it would come to who lost his authority (MIN-2).
  const isNobodys = outcome !== 'sent' && toldInstead(standing, isMinors)?.length === 0;
  const readers = telling.letterToo ? undefined : unreached;
  if (isNobodys) await noteUnreached(telling, token);
  else if (reason) await leaveToLetter(telling, { token, now: clock(), reason, readers, hasLeft });
  else await noteSent(telling, { token, now: clock() });
}

/** What one guardian did is news to the other one; where there is none it is to nobody. */
function isNobodysNews({ doneBy }: Telling, standing: Standing, isMinors: boolean): boolean {
  if (doneBy === undefined) return false;
  const readers = toldInstead(standing, isMinors);
  return readers?.some((one) => one !== doneBy) !== true;
}

/** Should this fail too, the lease ends by itself, and the next one says that the mail may be a double. */
async function givenBack(telling: Telling, token: string): Promise<void> {
  await releaseNotice(telling, token).catch(() => false);
}

/** Puts the notice into the holder's letter; that no address took it stands in the journal. */
async function leaveToLetter(
  telling: Telling,
  left: {
    readonly token: string;
    readonly now: number;
    readonly reason: LetterReason;
    /** Where others were reached: who gets the letter. */
    readonly readers: readonly string[] | undefined;
    readonly hasLeft: boolean;
  },
): Promise<void> {
  const { token, now, reason, readers, hasLeft } = left;
  const days = letterIn(telling.code, letterDays);
  if (days === undefined) {
    if (hasLeft) await noteSent(telling, { token, now });
    else await noteUnreached(telling, token);
    return;
  }
  const day = letterDay(now, days);
  const writes = [
    leftToLetter(telling, { token, day, from: 'prepared', partly: readers !== undefined }),
    letterWrite({ holder: telling.holder, left: [{ ...telling, readers }] }, { day, reason }),
  ];
  const written =
    reason === 'undeliverable'
      ? noteInJournal(telling, { id: newId(), at: now, says: reason, beside: writes })
      : transact(writes);
  await written.catch(async (error: unknown) => {
    // Where a mail has left, the lease has to end by itself: whoever follows says that it may be a double.
    if (!hasLeft) await givenBack(telling, token);
    throw error;
  });
}

/**
 * The last news of a record goes into the letters of the next day, to those whom neither mail nor text message reaches;
 * where each has an address, none took it. It has no item of its own: of a deleted record nothing is listed any more.
 */
async function leaveLast(telling: Telling, standing: Standing, now: number): Promise<void> {
  const { holder, notice, code } = telling;
  const contacts = await contactsOf(standing, now);
  const without = contacts.filter(
    ({ known }) => addressesFor(telling, known).length === 0 && known.mobile === undefined,
  );
  const readers = (without.length > 0 ? without : contacts).map((one) => one.holder);
  if (readers.length === 0) return;
  const day = letterDay(now, letterIn(code, letterDays) ?? 1);
  const left = [{ notice, code, readers }];
  await transact([letterWrite({ holder, left }, { day, reason: 'no-address' })]);
}
