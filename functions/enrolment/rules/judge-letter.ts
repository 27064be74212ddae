import type { Status } from '../stored.ts';
import { isGone } from './gone.ts';
import { informs, type LetterKind } from './letter-due.ts';

/** A letter of a batch. */
export interface Printed {
  readonly reference: string;
  readonly kind: LetterKind;
}

/**
 * What the posting of a letter does (ENR-1, ENR-2): it starts the deadline, or brings a code only. One that
 * the shop could not post is made again. One that was replaced since, or whose person was informed another
 * way or has decided, does nothing.
 */
export function judgePosting(posted: {
  readonly status: Status;
  readonly letter: Printed;
  readonly isPosted: boolean;
}): 'starts' | 'brings-code' | 'again' | 'nothing' {
  const { status, letter, isPosted } = posted;
  if (status.letter?.reference !== letter.reference || status.letter.postedOn) return 'nothing';
  if (isGone(status)) return 'nothing';
  if (letter.kind === 'invitation' && !informs(status)) return 'nothing';
  if (!isPosted) return 'again';
  return letter.kind === 'invitation' ? 'starts' : 'brings-code';
}

/**
 * What a letter that came back says of its person (ENR-1): whom it informed is not informed, and no deadline
 * runs, whatever was posted to him since. A letter with a code that was asked for tells nobody that a record is to be
 * opened, nor when: it refers to a day that was told before, so it informs nobody in its place (R1111-28). After the
 * opening, or where something else informed him, a return is only told. Where facts of him are newer than the letter
 * he is written to at once: the address that gave it back is his no more.
 */
export function judgeReturn({
  status,
  letter,
  hasNewerFacts,
}: {
  readonly status: Status;
  readonly letter: Printed;
  readonly hasNewerFacts: boolean;
}): 'returned' | 'readdressed' | 'told' {
  if (status.status !== 'invited' || status.uninformed !== undefined) return 'told';
  if (letter.kind !== 'invitation') return 'told';
  // Of whom it was not kept yet, the last letter that was posted.
  const informedBy = status.informedBy ?? (status.letter?.postedOn && status.letter.reference);
  if (informedBy !== letter.reference) return 'told';
  return hasNewerFacts ? 'readdressed' : 'returned';
}
