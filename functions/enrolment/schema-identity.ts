import * as z from 'zod';
import { ActivationRequest } from './schema.ts';
import { email, nir } from './schema-fields.ts';

export const IdentityActivationRequest = z.strictObject({
  /** What the issuer of the sign-in says of the person, signed by it: an ID token or the answer of its userinfo. */
  identity: z
    .string()
    .max(6000)
    .regex(/^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$/),
  /** Needed where the issuer does not tell it. */
  nir: nir.optional(),
  conditions: ActivationRequest.shape.conditions,
  email,
  choices: ActivationRequest.shape.choices,
});
export type IdentityActivationRequest = z.infer<typeof IdentityActivationRequest>;

const text = (longest: number) => z.string().max(longest);

/** The claims that are read; an issuer that leaves one out tells of nobody. */
export const Identity = z.object({
  family_name: text(200),
  given_name: text(300),
  birthdate: text(10),
  gender: text(10),
  birthplace: text(5).optional(),
  birthcountry: text(5).optional(),
  nir: text(21).optional(),
});
