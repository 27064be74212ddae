import { grantOwner } from '#shared/access/grant.ts';
import { operation } from '#shared/http/operation.ts';
import { noteRead } from './own-store.ts';
import { routes } from './routes.ts';

export const readNotice = operation(routes.readNotice, async (asked) => {
  const { params, receivedAt } = asked;
  const grant = await grantOwner(asked);
  const at = new Date(receivedAt).toISOString();
  return { status: 200, body: await noteRead(grant, { notice: params.notice, at }) };
});
