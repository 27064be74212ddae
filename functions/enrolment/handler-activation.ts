import { room } from '#shared/http/room.ts';
import { beginActivation } from './begin-activation.ts';
import { close } from './close.ts';
import { confirmActivation } from './confirm-activation.ts';
import { objectToSuspension } from './object-to-suspension.ts';
import { readCertificate } from './read-certificate.ts';
import { reopen } from './reopen.ts';
import { resendOtp } from './resend-otp.ts';

export const handler = room(
  beginActivation,
  resendOtp,
  confirmActivation,
  close,
  reopen,
  readCertificate,
  objectToSuspension,
);
