import { room } from '#shared/http/room.ts';
import { beginActivation } from './begin-activation.ts';
import { confirmActivation } from './confirm-activation.ts';
import { resendOtp } from './resend-otp.ts';

export const handler = room(beginActivation, resendOtp, confirmActivation);
