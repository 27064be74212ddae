import { grantOwner } from '#shared/access/grant.ts';
import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { Refused } from '#shared/http/problem.ts';
import { listOwn } from './own-store.ts';
import { routes } from './routes.ts';
import { NoticeId } from './schema.ts';

export const listNotices = operation(routes.listNotices, async (asked) => {
  const { query } = asked;
  const after = NoticeId.optional().safeParse(readCursor(query.cursor));
  if (!after.success) throw new Refused([{ field: 'cursor', code: 'format' }]);
  const grant = await grantOwner(asked);
  const { limit = 20 } = query;
  const { notices, next } = await listOwn(grant, { after: after.data, limit });
  return { status: 200, body: { notices, ...writeCursor(next) } };
});
