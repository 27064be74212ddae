import { operation } from '#shared/http/operation.ts';
import { object } from './object.ts';
import { routes } from './routes.ts';

export const oppose = operation(routes.oppose, async (asked) => ({
  status: 201,
  body: await object(asked),
}));
