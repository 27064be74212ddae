import type { Status } from '../stored.ts';
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
  if (letter.kind === 'invitation' && !informs(status)) return 'nothing';
  if (!isPosted) return 'again';
  return letter.kind === 'invitation' ? 'starts' : 'brings-code';
}

/**
 * What a letter that came back says of its person (ENR-1): whom it informed is not informed, and no deadline
 * runs. After the opening, or where something else informed him, it is only told.
 */
export function judgeReturn({ status, letter }: { status: Status; letter: Printed }) {
  const isHis = status.letter?.reference === letter.reference && status.letter.postedOn;
  const isInformed = status.status === 'invited' && status.uninformed === undefined;
  return isHis && letter.kind === 'invitation' && isInformed ? 'uninformed' : 'told';
}
