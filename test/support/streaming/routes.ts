import * as z from 'zod';
import type { Routes } from '#shared/http/route.ts';

/** A route that streams, as a room would declare it; it exists in tests only. */
export const routes = {
  readPieces: {
    method: 'GET',
    path: '/pieces/{kind}',
    summary: 'Bytes of a kind',
    callers: ['public'],
    stream: true,
    parameters: z.strictObject({
      kind: z.enum(['whole', 'empty', 'refused', 'early', 'late', 'endless', 'silent']),
    }),
    query: z.strictObject({ pieces: z.coerce.number().int().max(10_000).optional() }),
    answers: { 200: z.unknown() },
    refusals: ['pieces/withheld'],
    rights: {},
  },
} as const satisfies Routes;
