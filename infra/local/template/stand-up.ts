import { isObject, type Made, resolve, type Surroundings } from './intrinsics.ts';
import { creationOrder } from './order.ts';
import { addressOf, type StackTemplate } from './template.ts';
import { functions } from './types/functions.ts';
import { messages } from './types/messages.ts';
import { rights } from './types/rights.ts';
import { stores } from './types/stores.ts';
import { tables } from './types/tables.ts';
import { withoutCounterpart } from './types/without-counterpart.ts';
import type { ResourceHandlers, Workshop } from './workshop.ts';

const handlers: ResourceHandlers = { ...tables, ...stores, ...functions, ...rights, ...messages };

/** What a resource without counterpart answers: names that nothing at home looks up. */
function imagined(stack: string, logicalId: string): Made {
  const attributes = new Proxy<Record<string, string>>(
    {},
    { get: (_, name) => `${logicalId}.${String(name)}` },
  );
  return { ref: `${stack}-${logicalId}`, attributes };
}

function usedProperties(
  type: string,
  properties: Record<string, unknown>,
): Record<string, unknown> {
  const handler = handlers[type];
  if (handler === undefined) {
    if (type in withoutCounterpart) return {};
    throw new Error(
      `Resource type ${type} is not played at home: give it a handler, or a reason in without-counterpart.ts`,
    );
  }
  return Object.fromEntries(
    handler.uses.flatMap((name) => (name in properties ? [[name, properties[name]]] : [])),
  );
}

/**
 * Makes every resource of all stacks at home, each after those that it refers to; what is there
 * already is found again. Fills the workshop's inventory.
 */
export async function standUp(stacks: readonly StackTemplate[], workshop: Workshop): Promise<void> {
  const made = new Map<string, Made>();
  const around: Surroundings = { region: workshop.region, account: workshop.account, stacks, made };
  const byAddress = new Map(
    stacks.flatMap((stack) =>
      Object.entries(stack.template.Resources).map(
        ([id, resource]) => [addressOf(stack.name, id), { stack, id, resource }] as const,
      ),
    ),
  );
  for (const address of creationOrder(around, usedProperties)) {
    const found = byAddress.get(address);
    if (found === undefined) throw new Error(`Unknown resource ${address}`);
    const { stack, id, resource } = found;
    const handler = handlers[resource.Type];
    if (handler === undefined) {
      made.set(address, imagined(stack.name, id));
      continue;
    }
    try {
      const resolved = resolve(usedProperties(resource.Type, resource.Properties), stack, around);
      const properties = isObject(resolved) ? resolved : {};
      made.set(
        address,
        await handler.make({ stack, logicalId: id, address, properties }, workshop),
      );
    } catch (cause) {
      const reason = cause instanceof Error ? cause.message : String(cause);
      throw new Error(`${address} (${resource.Type}): ${reason}`, { cause });
    }
  }
  nameAsRoomsDo(workshop);
}

/** Rooms ask for `ENROLMENT_TABLE`; whatever a function's variable of that form points to is called so. */
function nameAsRoomsDo({ inventory }: Workshop): void {
  const byValue = new Map<string, string>();
  for (const { name, arn } of [...inventory.tables, ...inventory.buckets]) byValue.set(name, arn);
  for (const { url, arn } of inventory.queues) byValue.set(url, arn);
  for (const arn of inventory.keyArns) byValue.set(arn, arn);
  for (const arn of inventory.names.keys()) {
    if (/:(event-bus|configuration-set|identity)\//.test(arn))
      byValue.set(arn.split('/').at(-1) ?? '', arn);
  }
  for (const { environment } of inventory.functions) {
    for (const [variable, value] of Object.entries(environment)) {
      // A mail address belongs to the identity of its domain.
      const arn = byValue.get(value.split('@').at(-1) ?? value);
      if (arn !== undefined) inventory.names.set(arn, variable);
    }
  }
}
