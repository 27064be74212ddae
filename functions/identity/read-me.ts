import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { routes } from './routes.ts';

export const me = operation(routes.me, async ({ caller }) => ({
  status: 200,
  body: signedIn(caller),
}));
