import * as z from 'zod';
import { type Refusal, refusals } from '../kernel/refusal.ts';

/** What is wrong with a field of the request; values are never echoed. */
export interface Fault {
  readonly field: string;
  readonly code: string;
}

/** Refusals that any route may answer. */
export const request = refusals('request', {
  invalid: [400, 'La demande comporte une erreur'],
  unauthenticated: [401, 'Connexion nécessaire'],
  'not-allowed': [403, 'Cette action ne vous est pas ouverte'],
  'not-for-another': [400, 'Cette action ne peut pas être faite pour une autre personne'],
  'not-found': [404, 'Cette adresse ne mène à rien'],
  'too-large': [413, 'La demande est trop volumineuse'],
  'media-type': [415, 'La demande n’est pas envoyée dans le format attendu'],
  integrity: [500, 'Ces données ne peuvent pas être ouvertes ; l’équipe a été prévenue'],
  'try-again': [503, 'Le service est momentanément très demandé, réessayez dans un instant'],
});

/** A request that does not have the shape its route asks for. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly faults: readonly Fault[];

  constructor(faults: readonly Fault[] | string) {
    super('request/invalid');
    this.faults = typeof faults === 'string' ? [{ field: '', code: faults }] : faults;
  }
}

/** The body of every answer that is not a success (RFC 9457). Facts of a refusal stand beside these. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  errors: z.array(z.strictObject({ field: z.string(), code: z.string() })).optional(),
});
export type Problem = z.infer<typeof Problem>;

/** The problem that tells a refusal. */
export function problemOf(refusal: Refusal, faults?: readonly Fault[]): Problem {
  const { code, title, status, facts } = refusal;
  return {
    type: `urn:problem:${code.replace('/', ':')}`,
    title,
    status,
    code,
    ...facts,
    ...(faults ? { errors: [...faults] } : {}),
  };
}

/** All that a caller learns of a defect. */
export const internal: Problem = {
  type: 'urn:problem:internal',
  title: 'Une erreur est survenue de notre côté',
  status: 500,
  code: 'internal',
};
