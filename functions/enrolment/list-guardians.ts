import { grantOwner } from '#shared/access/grant.ts';
import { operation } from '#shared/http/operation.ts';
import { activatedOf, forChild } from './granted-child.ts';
import { guardianRoutes as routes } from './routes-guardians.ts';
import { guardiansOf } from './rules/judge-child.ts';
import { stateOf } from './rules/judge-second.ts';

/** How many act in a child's record, and how the last invitation stands (MIN-2). */
export const listGuardians = operation(routes.listGuardians, async (asked) => {
  const status = await activatedOf(forChild(await grantOwner(asked)));
  const { second } = status;
  const at = new Date(asked.receivedAt).toISOString();
  return {
    status: 200,
    body: {
      guardians: guardiansOf(status).length,
      ...(second ? { second: { status: stateOf(second, at), until: second.until } } : {}),
    },
  };
});
