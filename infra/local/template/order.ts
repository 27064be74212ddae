import { callOf, findExport, isObject, type Surroundings } from './intrinsics.ts';
import { addressOf, type StackTemplate } from './template.ts';

/** Which properties of a resource the world reads: only these make it depend on others. */
export type UsedProperties = (type: string, properties: Record<string, unknown>) => unknown;

/**
 * Addresses of all resources, each after those that it refers to, over all stacks. What the world
 * does not read (key policies, permissions) creates no order, so cycles of the cloud that run
 * through them are none at home. A true cycle throws with its path.
 */
export function creationOrder(around: Surroundings, used: UsedProperties): string[] {
  const order: string[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const visit = (stack: StackTemplate, id: string, path: readonly string[]): void => {
    const address = addressOf(stack.name, id);
    if (state.get(address) === 'done') return;
    if (state.get(address) === 'open') {
      throw new Error(
        `Circular reference: ${[...path.slice(path.indexOf(address)), address].join(' -> ')}`,
      );
    }
    const resource = stack.template.Resources[id];
    if (resource === undefined)
      throw new Error(`${stack.name}: unknown resource ${id}, asked for by ${path.at(-1)}`);
    state.set(address, 'open');
    const properties = used(resource.Type, resource.Properties);
    for (const next of references(properties, stack, around))
      visit(next.stack, next.id, [...path, address]);
    state.set(address, 'done');
    order.push(address);
  };
  for (const stack of around.stacks) {
    for (const id of Object.keys(stack.template.Resources)) visit(stack, id, []);
  }
  return order;
}

interface Reference {
  readonly stack: StackTemplate;
  readonly id: string;
}

function references(value: unknown, stack: StackTemplate, around: Surroundings): Reference[] {
  if (Array.isArray(value)) return value.flatMap((part) => references(part, stack, around));
  if (!isObject(value)) return [];
  const call = callOf(value);
  if (call === undefined)
    return Object.values(value).flatMap((part) => references(part, stack, around));
  const { name, argument } = call;
  if (name === 'Ref') return own(String(argument), stack);
  if (name === 'Fn::GetAtt') {
    const [id] = Array.isArray(argument) ? argument : String(argument).split('.');
    return own(String(id), stack);
  }
  if (name === 'Fn::ImportValue' && typeof argument === 'string') {
    const found = findExport(argument, around);
    if (found === undefined) throw new Error(`Fn::ImportValue ${argument}: no stack exports it`);
    return references(found.value, found.stack, around);
  }
  if (name === 'Fn::Sub') {
    const pattern = String(Array.isArray(argument) ? argument[0] : argument);
    const named = [...pattern.matchAll(/\$\{([^!}.]+)[^}]*\}/g)].map((match) => String(match[1]));
    const given = Array.isArray(argument) ? argument[1] : undefined;
    return [...named.flatMap((id) => own(id, stack)), ...references(given, stack, around)];
  }
  return references(argument, stack, around);
}

function own(id: string, stack: StackTemplate): Reference[] {
  return id in stack.template.Resources ? [{ stack, id }] : [];
}
