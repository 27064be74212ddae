import { Rivalled } from '#shared/aws/transact.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { savePending } from './activation-store.ts';
import { ownPending } from './own-pending.ts';
import { activationRoutes as routes } from './routes-activation.ts';
import { refuse } from './rules.ts';
import type { Begun } from './schema.ts';
import { sendingTo, sendWaiting, withOtp } from './send-otp.ts';

export const resendOtp = operation(
  routes.resendOtp,
  async ({ params, caller, receivedAt, now }) => ({
    status: 202,
    body: await resend({ ...params, subject: signedIn(caller).subject, receivedAt, now }),
  }),
);

/** Sends new digits to the address of an activation; the ones before are no longer taken (ENR-12). */
export async function resend(asked: {
  activation: string;
  subject: string;
  receivedAt: number;
  now: number;
}): Promise<Begun> {
  const { receivedAt, now } = asked;
  const before = await ownPending(asked);
  if (before.doneAt !== undefined) throw refuse('unknown-activation');
  const sending = sendingTo(before.email, before, receivedAt);
  if (sending.is === 'refused')
    throw refuse(sending.reason, { retryAfterSeconds: sending.retryAfterSeconds });
  // Asked for by name: who is answered wants to know that nothing new is coming.
  if (sending.is === 'repeat')
    throw refuse('too-soon', { retryAfterSeconds: sending.retryAfterSeconds });
  if (sending.is === 'send') return sendWaiting(before, now);
  const { sentAt: _sent, ...rest } = before;
  const pending = withOtp(rest, await secretOrNobodys('pepper'), now);
  // Two clicks at once: the other one sends.
  if (!(await savePending(pending, before))) throw new Rivalled();
  return sendWaiting({ ...pending, revision: before.revision + 1 }, now);
}
