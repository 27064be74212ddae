import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { listEditions as list } from './edition-store.ts';
import { routes } from './routes.ts';

export const listEditions = operation(
  routes.listEditions,
  async ({ query: { cursor, limit = 20 } }) => {
    const { editions, next } = await list({ after: readCursor(cursor), limit });
    return { status: 200, body: { editions, ...writeCursor(next) } };
  },
);
