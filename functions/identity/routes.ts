import type { Routes } from '#shared/http/route.ts';
import { Me } from './schema.ts';

export const routes = {
  me: {
    method: 'GET',
    path: '/identity/me',
    summary: 'Who the bearer of this token is taken for.',
    callers: ['holder', 'professional', 'agent', 'establishment'],
    answers: { 200: Me },
    rights: {},
  },
} as const satisfies Routes;
