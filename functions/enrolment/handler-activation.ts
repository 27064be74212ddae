import { room } from '#shared/http/room.ts';
import { activateChild } from './activate-child.ts';
import { answerClosureWish } from './answer-closure-wish.ts';
import { answerInvitation } from './answer-invitation.ts';
import { beginActivation } from './begin-activation.ts';
import { close } from './close.ts';
import { confirmActivation } from './confirm-activation.ts';
import { inviteGuardian } from './invite-guardian.ts';
import { listGuardians } from './list-guardians.ts';
import { listInvitations } from './list-invitations.ts';
import { objectToSuspension } from './object-to-suspension.ts';
import { readCertificate } from './read-certificate.ts';
import { readClosureWish } from './read-closure-wish.ts';
import { reopen } from './reopen.ts';
import { resendOtp } from './resend-otp.ts';

export const handler = room(
  beginActivation,
  resendOtp,
  confirmActivation,
  activateChild,
  ...[inviteGuardian, listGuardians, listInvitations, answerInvitation],
  ...[readClosureWish, answerClosureWish],
  close,
  reopen,
  readCertificate,
  objectToSuspension,
);
