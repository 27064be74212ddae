import type { Caller } from '#infra/local/door/door.ts';
import type { Keys } from '#infra/local/door/keys.ts';
import { type NameOf, type Permission, rightsOf } from '#infra/local/door/rights.ts';
import type { Inventory } from '#infra/local/template/inventory.ts';

export const operatorName = 'operator';

/** Who may call what: the functions by their roles, the operator all. Permissions to be left out must exist. */
export function createCallers(
  { functions, statements }: Inventory,
  { keys, nameOf, without }: { keys: Keys; nameOf: NameOf; without: readonly Permission[] },
) {
  const byName = new Map<string, Caller>([[operatorName, { id: operatorName, rights: undefined }]]);
  for (const { id, roleArn } of functions) {
    byName.set(id, {
      id,
      rights: rightsOf(id, statements.get(roleArn) ?? [], { nameOf, without }),
    });
  }
  const removed = [...byName.values()].reduce(
    (sum, { rights }) => sum + new Set(rights?.removed.map((one) => one.permission)).size,
    0,
  );
  if (removed < without.length) {
    throw new Error(
      `Of ${without.length} permissions to be left out only ${removed} are in the template`,
    );
  }
  return {
    callerOf: (accessKeyId: string) => byName.get(keys.nameOf(accessKeyId) ?? ''),
    /** Every permission that a function holds, each once. */
    held(): Permission[] {
      return [...byName.values()].flatMap(({ id, rights }) => {
        const names = new Set(
          rights?.held
            .filter(({ statement }) => statement.Effect === 'Allow')
            .map((one) => one.permission),
        );
        return [...names].map((permission) => ({ function: id, permission }));
      });
    },
  };
}
export type Callers = ReturnType<typeof createCallers>;
