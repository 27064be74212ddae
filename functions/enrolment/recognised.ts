import { type Attempting, attemptOf, fail } from './attempt.ts';
import { limits, type Stored, withinQuota } from './identify.ts';
import { type Recognised, recognise } from './rules/judge-attempt.ts';
import { refuse } from './rules.ts';

/**
 * Who gave the right NIR, card and code (ENR-11, ENR-14). Anybody else is counted as one failure and gets the one
 * answer for all: throws `enrolment/not-recognised`, or `enrolment/too-many-attempts` where his network has none left.
 */
export async function recognised(
  attempting: Attempting,
  stored: Stored,
  given: { cardSerial: string; code: string },
): Promise<Recognised> {
  const who = recognise(await attemptOf(attempting, stored, given), limits);
  if (who.is === 'recognised') return who;
  await withinQuota(attempting.claimed);
  await fail(attempting, stored, who);
  throw refuse('not-recognised');
}
