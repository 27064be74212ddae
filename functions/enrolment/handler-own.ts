import { room } from '#shared/http/room.ts';
import { acceptConditions } from './accept-conditions.ts';
import { answerClosureWish } from './answer-closure-wish.ts';
import { answerInvitation } from './answer-invitation.ts';
import { close } from './close.ts';
import { inviteGuardian } from './invite-guardian.ts';
import { listGuardians } from './list-guardians.ts';
import { listInvitations } from './list-invitations.ts';
import { objectToSuspension } from './object-to-suspension.ts';
import { readClosureWish } from './read-closure-wish.ts';
import { reopen } from './reopen.ts';
import { stopAgentClosure } from './stop-agent-closure.ts';
import { withdrawInvitation } from './withdraw-invitation.ts';

export const handler = room(
  acceptConditions,
  ...[inviteGuardian, withdrawInvitation, listGuardians, listInvitations, answerInvitation],
  ...[readClosureWish, answerClosureWish],
  close,
  reopen,
  objectToSuspension,
  stopAgentClosure,
);
