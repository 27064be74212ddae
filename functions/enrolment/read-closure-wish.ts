import { operation } from '#shared/http/operation.ts';
import { childOf } from './child-of.ts';
import { guardianRoutes as routes } from './routes-guardians.ts';
import { wishOf } from './rules/judge-child-closure.ts';
import { refuse } from './rules.ts';

/** What one of a child's two guardians asked for last, and how it stands (MIN-2). */
export const readClosureWish = operation(routes.readClosureWish, async (asked) => {
  const { status, guardian } = await childOf(asked);
  const wish = wishOf(status);
  if (!wish) throw refuse('unknown-closure-wish');
  const { reference, until, deletion, state, by } = wish;
  return { status: 200, body: { wish: reference, until, deletion, state, own: by === guardian } };
});
