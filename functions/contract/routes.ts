import * as z from 'zod';
import type { Routes } from '#shared/http/route.ts';

export const routes = {
  health: {
    method: 'GET',
    path: '/health',
    summary: 'Says that the API answers. Touches no data.',
    callers: ['public'],
    answers: { 200: z.strictObject({ status: z.literal('ok') }) },
    rights: {},
  },
  openapi: {
    method: 'GET',
    path: '/openapi.json',
    summary: 'This document: the contract of every route, in OpenAPI 3.1.',
    callers: ['public'],
    answers: { 200: z.looseObject({ openapi: z.string() }) },
    rights: {},
  },
} as const satisfies Routes;
