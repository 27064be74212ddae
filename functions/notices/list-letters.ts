import { signedIn } from '#shared/http/caller.ts';
import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { Refused } from '#shared/http/problem.ts';
import { countLetters, listLetters as list } from './letter-store.ts';
import { routes } from './routes.ts';
import { refuse } from './rules.ts';

/** The role of the agents who run the campaign. */
const role = 'campaign';

export const listLetters = operation(routes.listLetters, async ({ caller, query }) => {
  if (signedIn(caller).role !== role) throw refuse('role-required');
  const { day, cursor, limit = 100 } = query;
  const after = readCursor(cursor);
  if (after !== undefined && !/^[a-z0-9]{26}$/.test(after))
    throw new Refused([{ field: 'cursor', code: 'format' }]);
  const [{ letters, next }, count] = await Promise.all([
    list({ day, after, limit }),
    after === undefined ? countLetters(day) : undefined,
  ]);
  const counted = count === undefined ? {} : { count };
  return { status: 200, body: { day, ...counted, letters, ...writeCursor(next) } };
});
