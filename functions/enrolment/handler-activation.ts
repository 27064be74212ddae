import { room } from '#shared/http/room.ts';
import { acceptConditions } from './accept-conditions.ts';
import { activateChild } from './activate-child.ts';
import { answerClosureWish } from './answer-closure-wish.ts';
import { answerInvitation } from './answer-invitation.ts';
import { beginActivation } from './begin-activation.ts';
import { beginIdentityActivation } from './begin-identity-activation.ts';
import { close } from './close.ts';
import { confirmActivation } from './confirm-activation.ts';
import { endAssistedSession } from './end-assisted-session.ts';
import { inviteGuardian } from './invite-guardian.ts';
import { listGuardians } from './list-guardians.ts';
import { listInvitations } from './list-invitations.ts';
import { objectToSuspension } from './object-to-suspension.ts';
import { openAssistedSession } from './open-assisted-session.ts';
import { readCertificate } from './read-certificate.ts';
import { readClosureWish } from './read-closure-wish.ts';
import { reopen } from './reopen.ts';
import { resendOtp } from './resend-otp.ts';

export const handler = room(
  beginActivation,
  beginIdentityActivation,
  resendOtp,
  confirmActivation,
  activateChild,
  acceptConditions,
  ...[inviteGuardian, listGuardians, listInvitations, answerInvitation],
  ...[openAssistedSession, endAssistedSession],
  ...[readClosureWish, answerClosureWish],
  close,
  reopen,
  readCertificate,
  objectToSuspension,
);
