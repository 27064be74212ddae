import * as z from 'zod';
import { statuses } from '#shared/kernel/status.ts';

/** Who the token says is calling; rights are never in it. */
export const Me = z.strictObject({
  kind: z.enum(['holder', 'professional', 'agent', 'establishment', 'assisted']),
  subject: z.string(),
  name: z.string().optional(),
  role: z.string().optional(),
  structure: z.string().optional(),
  /** Authentication context class of the sign-in, as the issuer states it. */
  acr: z.string().optional(),
  /** When the person last proved who he is; some acts ask that it be minutes ago. */
  signedInAt: z.iso.datetime({ precision: 3 }).optional(),
  /** Of a session at a counter: when it ends. */
  endsAt: z.string().optional(),
  /** The citizen's own record, once this account is linked to it. */
  record: z.strictObject({ holder: z.string(), status: z.enum(statuses) }).optional(),
  /** Of an activated record: the conditions of use that stand, those he accepted, and until when he may wait. */
  conditions: z
    .strictObject({
      version: z.string(),
      accepted: z.strictObject({ version: z.string(), acceptedAt: z.string() }),
      mustAccept: z.boolean(),
      acceptUntil: z.iso.date().optional(),
    })
    .optional(),
});
export type Me = z.infer<typeof Me>;

/**
 * What can be done with a child's record as it stands: act in it, close it, have a closed one back or deleted, fetch
 * the certificate of its deletion, or activate it with the child's card and a code.
 */
export const CanDo = z.enum([
  'enter',
  'close',
  'reopen',
  'request-deletion',
  'read-certificate',
  'activate',
]);
export type CanDo = z.infer<typeof CanDo>;

/**
 * A record in which a citizen has a part; `holder` is what `X-Acting-For` names where it is a child's. Only `enter` says
 * that there is something to read; what is done is decided anew at each request.
 */
export const Profile = z.strictObject({
  relation: z.enum(['own', 'child']),
  holder: z.string(),
  status: z.enum(statuses),
  /** A child's first name. */
  name: z.string().optional(),
  /** The day on which the child comes of age, and the profile ends. */
  adultOn: z.iso.date().optional(),
  /** What its status lets a child's guardian do. */
  can: z.array(CanDo).optional(),
});
export type Profile = z.infer<typeof Profile>;
export const Profiles = z.strictObject({ profiles: z.array(Profile) });
