import { operation } from '#shared/http/operation.ts';
import { object } from './object.ts';
import { publicRoutes as routes } from './routes-public.ts';

export const oppose = operation(routes.oppose, async (asked) => ({
  status: 201,
  body: await object(asked),
}));
