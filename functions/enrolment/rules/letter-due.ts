import type { Status } from '../stored.ts';
import type { Code } from '../stored-code.ts';
import { deadlineRuns } from './deadline-runs.ts';
import { awaitsGuardian } from './unrepresented.ts';
import { whyNotSent } from './why-not-sent.ts';

/** What a letter is for: to inform before an opening, or only to bring a code that was asked for. */
export type LetterKind = 'invitation' | 'code';

/**
 * Whether a person is to be informed by letter (ENR-1): a wave left him to one, or what informed him came
 * back. Not while a letter is in print, not to an address that gave one back, and not to a guardian who has lost his
 * authority (MIN-2). One that was posted since and brought a code only informed nobody.
 */
export function isToBeWrittenTo(status: Status): boolean {
  if (awaitsGuardian(status)) return false;
  if (status.letter && status.letter.postedOn === undefined) return false;
  if (status.status === 'known')
    return status.informBy === 'letter' && status.wave !== undefined && status.leftAt === undefined;
  if (status.status !== 'invited') return false;
  return status.uninformed === 'bounced' || status.uninformed === 'readdressed';
}

/** Which letter is due to a person, if any (ENR-1, ENR-12): with whom no deadline runs, each letter informs. */
export function letterDue(status: Status, code: Code | undefined): LetterKind | undefined {
  if (whyNotSent(status)) return undefined;
  if (code?.letterFor === undefined && !isToBeWrittenTo(status)) return undefined;
  return informs(status) ? 'invitation' : 'code';
}

/** Whether a letter starts a deadline, as things stand: not decided yet, and none runs. */
export function informs(status: Status): boolean {
  return status.status === 'known' || (status.status === 'invited' && !deadlineRuns(status));
}
