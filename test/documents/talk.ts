import * as z from 'zod';
import { world } from './record.ts';

const Outcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.looseObject({
      details: z.looseObject({ coding: z.array(z.looseObject({ code: z.string() })).optional() }),
    }),
  ),
});

/** The stable codes that an outcome tells, the first of each issue. */
export const codesOf = (body: unknown): (string | undefined)[] =>
  Outcome.parse(body).issue.map(({ details }) => details.coding?.[0]?.code);

export const Kept = z.looseObject({
  id: z.string(),
  content: z.array(z.looseObject({ attachment: z.looseObject({ url: z.string() }) })),
});
export const Found = z.looseObject({
  total: z.int(),
  link: z.array(z.object({ relation: z.string(), url: z.string() })).optional(),
  entry: z.array(z.looseObject({ resource: Kept })).optional(),
});

const fhir = { 'content-type': 'application/fhir+json' };

/** Deposits as somebody ready at home: `laboratoire`, `camille` … */
export const deposits = async (as: string, body: unknown) =>
  world.request({
    method: 'POST',
    path: '/fhir/DocumentReference',
    token: await world.token(as),
    headers: fhir,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

export const reads = async (as: string, path: string, headers: Record<string, string> = {}) =>
  world.request({ path: `/fhir/${path}`, token: await world.token(as), headers });

export const searches = async (as: string, form: Record<string, string> = {}) =>
  world.request({
    method: 'POST',
    path: '/fhir/DocumentReference/_search',
    token: await world.token(as),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(form)),
  });

export const validates = async (as: string, type: string, body: unknown) =>
  world.request({
    method: 'POST',
    path: `/fhir/${type}/$validate`,
    token: await world.token(as),
    headers: fhir,
    body,
  });
