import { transact } from '#shared/aws/transact.ts';
import type { Actor } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { idOf } from '#shared/kernel/ids.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { fingerprint } from '#shared/sealing/secrets.ts';
import { loadPending, type Pending, pendingWrite } from './activation-store.ts';
import { type Attempting, lineOf } from './attempt.ts';
import { append, record } from './lines.ts';
import { otpLimits } from './otp.ts';
import { statusWrite } from './person-store.ts';
import { refuse } from './rules.ts';
import type { ActivationRequest } from './schema.ts';
import { sendingTo, withOtp } from './send-otp.ts';
import type { Status } from './stored.ts';

/** An account that is nobody's yet, as the journal names it. */
export const nameOf = (account: string): Actor => ({
  kind: 'anonymous',
  id: `account-${account.slice(0, 16)}`,
});

/** What opened the way: a provisional code, or an identity that the issuer vouches for. */
export type Way = { readonly generation: number } | { readonly by: 'identity' };

/** One activation for an account and a code, or for an account and a record as it stands: who begins it again goes on with it. */
function activationId(
  { key, holder }: Attempting['claimed'],
  { account, way, status }: { account: string; way: Way; status: Status },
): string {
  const link = ('linkTag' in status && status.linkTag) || '';
  const closedAt = ('closedAt' in status && status.closedAt) || '';
  const of =
    'generation' in way
      ? [String(way.generation)]
      : [way.by, status.status, link, closedAt, String(status.life ?? 0)];
  return idOf(Buffer.from(fingerprint(key, 'activation', holder, account, ...of), 'base64url'));
}

/** The activation with digits that wait to be sent, or as it stands where they were just sent. */
export async function prepare(
  body: Pick<ActivationRequest, 'conditions' | 'choices' | 'email'>,
  attempting: Attempting,
  { status, way, account }: { status: Status; way: Way; account: string },
): Promise<Pending> {
  const { claimed, receivedAt, now } = attempting;
  const activation = activationId(claimed, { account, way, status });
  const found = await loadPending(activation);
  // Done, and the record has come back to where it stood: what begins is a new one.
  const before = found?.doneAt === undefined ? found : undefined;
  const sending = sendingTo(body.email, before, receivedAt);
  if (sending.is === 'refused')
    throw refuse(sending.reason, { retryAfterSeconds: sending.retryAfterSeconds });
  if (before && sending.is !== 'prepare') return before;
  const goesOn = before && receivedAt <= Date.parse(before.endsAt) ? before : undefined;
  const acceptedAt = new Date(receivedAt).toISOString();
  const pepper = await secretOrNobodys('pepper');
  const revision = (found?.revision ?? 0) + 1;
  const pending = withOtp(
    {
      ...{ activation, revision, holder: claimed.holder, department: status.department },
      ...{ linkTag: account, ...way },
      conditions: { version: body.conditions, acceptedAt },
      choices: body.choices,
      endsAt: goesOn?.endsAt ?? new Date(now + otpLimits.lastsSeconds * 1000).toISOString(),
      sends: goesOn?.sends ?? 0,
      email: body.email,
    },
    pepper,
    now,
  );
  const { next, line } = append(status, status.holder, {
    ...lineOf(attempting),
    action: 'enrolment/begin-activation',
    object: record(status, {}),
    ...('by' in way ? { purpose: 'by-identity' } : {}),
  });
  await transact([
    await pendingWrite(pending, found),
    statusWrite(next, status.version),
    journalWrite(line),
  ]);
  return pending;
}
