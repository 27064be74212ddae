import { operation } from '#shared/http/operation.ts';
import { routes } from './routes.ts';

export const health = operation(routes.health, async () => ({
  status: 200,
  body: { status: 'ok' },
}));
