import * as z from 'zod';
import type { TokenWish } from '../engine.ts';
import { AwsFault } from '../wire/fault.ts';

const flag = z.stringbool();
/** Claims as JSON. */
const json = z
  .string()
  .max(2000)
  .transform((text, issue): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      issue.addIssue({ code: 'custom', message: 'not JSON' });
      return z.NEVER;
    }
  })
  .pipe(z.record(z.string(), z.string()));
const Query = z.strictObject({
  person: z.string(),
  expired: flag.optional(),
  audience: z.string().optional(),
  tokenUse: z.enum(['access', 'id']).optional(),
  acr: z.string().optional(),
  subject: z.string().min(1).max(200).optional(),
  signedInSecondsAgo: z.coerce.number().int().min(0).max(86_400).optional(),
  identity: json.optional(),
  lifetimeSeconds: z.coerce.number().int().min(1).max(86_400).optional(),
});

/** The wish in the query of `GET /token`; 400 for what it cannot be. */
export function tokenWish(query: URLSearchParams): TokenWish {
  const parsed = Query.safeParse(Object.fromEntries(query));
  if (!parsed.success) throw new AwsFault('BadRequest', z.prettifyError(parsed.error));
  const { person, expired, audience, tokenUse, acr, subject, lifetimeSeconds } = parsed.data;
  const { signedInSecondsAgo, identity } = parsed.data;
  return {
    person,
    ...(expired !== undefined && { expired }),
    ...(audience !== undefined && { audience }),
    ...(tokenUse !== undefined && { tokenUse }),
    ...(acr !== undefined && { acr }),
    ...(subject !== undefined && { subject }),
    ...(lifetimeSeconds !== undefined && { lifetimeSeconds }),
    ...(identity !== undefined && { identity }),
    ...(signedInSecondsAgo !== undefined && { signedInSecondsAgo }),
  };
}
