import type { Status } from '../stored.ts';
import type { Code } from '../stored-code.ts';
import { whyNotSent } from './why-not-sent.ts';

/**
 * Whether somebody whom no mail reaches is sent a letter with a new code since his own was burnt (ENR-14): once a burning,
 * and not while another code is under way to him. Not about a minor's own code, since the letter would go to his
 * guardian (MIN-4), nor where an opening is blocked until an agent lifts it.
 */
export function burntLetterDue(status: Status, code: Code): boolean {
  const { current, next, letterFor } = code;
  if (!current?.burntAt || current.burnToldAt || current.ofMinor) return false;
  if (whyNotSent(status) || status.blocked) return false;
  // A letter in print whose code waits for its posting brings another one; one that informs carries the burnt one.
  const isInPrint = status.letter !== undefined && status.letter.postedOn === undefined;
  return letterFor === undefined && !(isInPrint && next !== undefined);
}
