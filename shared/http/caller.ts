import * as z from 'zod';
import { word as text } from '../word.ts';
import { request } from './problem.ts';
import type { Route } from './route.ts';

/** Who calls, as the authorizer found in the token. Rights are never in it. */
export const SignedIn = z.object({
  kind: z.enum(['holder', 'professional', 'agent', 'establishment', 'assisted']),
  /** The issuer's name for the person. */
  subject: text,
  acr: text.optional(),
  /** When the person last proved who he is (`auth_time`); a refreshed token keeps the first instant. */
  signedInAt: z.iso.datetime({ precision: 3 }).optional(),
  name: text.optional(),
  role: text.optional(),
  structure: text.optional(),
  /** Of a session at a counter (`assisted`, whose subject is the session): whose record it is, and when it ends. */
  holder: text.optional(),
  endsAt: text.optional(),
});
export type SignedIn = z.infer<typeof SignedIn>;

export type Caller = SignedIn | { readonly kind: 'public' };

/** The caller of a route, or a refusal: 401 without a token, 403 where the route is for others. */
export function admit(route: Route, context: unknown): Caller {
  const isPublic = route.callers.includes('public');
  const read = SignedIn.safeParse(context);
  if (!read.success) {
    if (isPublic) return { kind: 'public' };
    throw request('unauthenticated');
  }
  if (route.callers.includes(read.data.kind)) return read.data;
  if (isPublic) return { kind: 'public' };
  throw request('not-allowed');
}

/** The signed-in caller of a route that is not public. */
export function signedIn(caller: Caller): SignedIn {
  if (caller.kind === 'public') throw request('unauthenticated');
  return caller;
}
