import { room } from '#shared/http/room.ts';
import { activateChild } from './activate-child.ts';
import { beginActivation } from './begin-activation.ts';
import { beginIdentityActivation } from './begin-identity-activation.ts';
import { confirmActivation } from './confirm-activation.ts';
import { resendOtp } from './resend-otp.ts';

export const handler = room(
  beginActivation,
  beginIdentityActivation,
  resendOtp,
  confirmActivation,
  activateChild,
);
