import { grantHolder } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { noteRead } from './own-store.ts';
import { routes } from './routes.ts';

export const readNotice = operation(routes.readNotice, async ({ caller, params, receivedAt }) => {
  const grant = await grantHolder(signedIn(caller));
  const at = new Date(receivedAt).toISOString();
  return { status: 200, body: await noteRead(grant, { notice: params.notice, at }) };
});
