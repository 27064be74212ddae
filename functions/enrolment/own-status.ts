import * as z from 'zod';
import { env } from '#shared/env.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { findLink } from '#shared/record/link.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { linkTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { loadStatus } from './person-store.ts';
import { isFresh } from './rules/fresh-sign-in.ts';
import { refuse } from './rules.ts';
import type { Status } from './stored.ts';

const { FRESH_SIGN_IN_SECONDS: seconds } = env({
  FRESH_SIGN_IN_SECONDS: z.coerce.number().int().min(1).max(3600),
});

/** Throws `enrolment/sign-in-again` where the caller did not just prove who he is (ENR-42). */
export function justSignedIn({ signedInAt }: SignedIn, receivedAt: number): void {
  if (!isFresh({ signedInAt, receivedAt }, seconds)) throw refuse('sign-in-again');
}

/** The status of the record that names the caller's account, whatever it is; undefined where none does. */
export async function ownStatus({ kind, subject }: SignedIn): Promise<Status | undefined> {
  const account = linkTag(await secretOrNobodys('lookup'), kind, subject);
  const link = await findLink(account, { consistent: true });
  const status = link && (await loadStatus(link.holder));
  if (!status || !('linkTag' in status) || !status.linkTag) return undefined;
  return sameFingerprint(status.linkTag, account) ? status : undefined;
}

/** Throws `enrolment/minors-guardian` of a minor's own record: whether it stays is his guardians' to decide (MIN-4). */
export function notOfMinor(status: Status | undefined, at: number): void {
  if (status?.child && isMinor(status.child, at)) throw refuse('minors-guardian');
}
