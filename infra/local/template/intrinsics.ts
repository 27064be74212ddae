import { addressOf, type StackTemplate, type Template } from './template.ts';

/** What a made resource answers to `Ref` and `Fn::GetAtt`. */
export interface Made {
  readonly ref: string;
  readonly attributes: Readonly<Record<string, string>>;
}

export interface Surroundings {
  readonly region: string;
  readonly account: string;
  readonly stacks: readonly StackTemplate[];
  /** Resources made so far by `stack/LogicalId`. */
  readonly made: ReadonlyMap<string, Made>;
}

const nothing = Symbol('AWS::NoValue');

/** The value of a template expression; an unknown function, reference, attribute or import throws with its name. */
export function resolve(value: unknown, stack: StackTemplate, around: Surroundings): unknown {
  const known = evaluate(value, { stack, around });
  return known === nothing ? undefined : known;
}

interface Scope {
  readonly stack: StackTemplate;
  readonly around: Surroundings;
}

function evaluate(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    return value.map((part) => evaluate(part, scope)).filter((part) => part !== nothing);
  }
  if (!isObject(value)) return value;
  const call = callOf(value);
  if (call === undefined) {
    const fields = Object.entries(value).map(([key, part]) => [key, evaluate(part, scope)]);
    return Object.fromEntries(fields.filter(([, part]) => part !== nothing));
  }
  const act = functions[call.name];
  if (act === undefined) throw new Error(`${scope.stack.name}: unknown intrinsic ${call.name}`);
  return act(call.argument, scope);
}

/** The intrinsic that an object is, if it is one: a single key `Ref`, `Condition`-less, or `Fn::…`. */
export function callOf(value: unknown): { name: string; argument: unknown } | undefined {
  if (!isObject(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (entry === undefined || others.length > 0) return undefined;
  const [name, argument] = entry;
  return name === 'Ref' || name.startsWith('Fn::') ? { name, argument } : undefined;
}

const functions: Readonly<Record<string, (argument: unknown, scope: Scope) => unknown>> = {
  Ref: (name, scope) => reference(text(name, 'Ref'), scope),
  'Fn::GetAtt': (argument, scope) => {
    const [id, ...attribute] = typeof argument === 'string' ? argument.split('.') : list(argument);
    return attributeOf(text(id, 'Fn::GetAtt'), attribute.map(String).join('.'), scope);
  },
  'Fn::Join': (argument, scope) => {
    const [glue, parts] = list(argument);
    return list(evaluate(parts, scope))
      .map((part) => scalar(part, 'Fn::Join'))
      .join(text(glue, 'Fn::Join'));
  },
  'Fn::Sub': (argument, scope) => {
    const [pattern, given] = typeof argument === 'string' ? [argument, {}] : list(argument);
    const values = isObject(given) ? given : {};
    return text(pattern, 'Fn::Sub').replace(
      /\$\{(!?)([^}]+)\}/g,
      (_, literal: string, name: string) => {
        if (literal) return `\${${name}}`;
        if (name in values) return scalar(evaluate(values[name], scope), 'Fn::Sub');
        const [id = '', ...attribute] = name.split('.');
        const found =
          attribute.length > 0
            ? attributeOf(id, attribute.join('.'), scope)
            : reference(name, scope);
        return scalar(found, 'Fn::Sub');
      },
    );
  },
  'Fn::Select': (argument, scope) => {
    const [index, from] = list(argument);
    const parts = list(evaluate(from, scope));
    const at = Number(evaluate(index, scope));
    if (!(at in parts)) throw new Error(`${scope.stack.name}: Fn::Select ${at} of ${parts.length}`);
    return parts[at];
  },
  'Fn::Split': (argument, scope) => {
    const [glue, whole] = list(argument);
    return text(evaluate(whole, scope), 'Fn::Split').split(text(glue, 'Fn::Split'));
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = list(argument);
    return evaluate(condition(text(name, 'Fn::If'), scope) ? yes : no, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = list(argument).map((part) => evaluate(part, scope));
    return String(left) === String(right);
  },
  'Fn::And': (argument, scope) => list(argument).every((part) => truth(part, scope)),
  'Fn::Or': (argument, scope) => list(argument).some((part) => truth(part, scope)),
  'Fn::Not': (argument, scope) => !truth(list(argument)[0], scope),
  'Fn::ImportValue': (argument, scope) =>
    imported(text(evaluate(argument, scope), 'Fn::ImportValue'), scope),
  'Fn::FindInMap': (argument, scope) => {
    const [map = '', first = '', second = ''] = list(argument).map((part) =>
      String(evaluate(part, scope)),
    );
    const found = scope.stack.template.Mappings[map]?.[first]?.[second];
    if (found === undefined)
      throw new Error(`${scope.stack.name}: Fn::FindInMap ${map}.${first}.${second}`);
    return found;
  },
};

function reference(name: string, scope: Scope): unknown {
  const { stack, around } = scope;
  switch (name) {
    case 'AWS::Region':
      return around.region;
    case 'AWS::AccountId':
      return around.account;
    case 'AWS::Partition':
      return 'aws';
    case 'AWS::URLSuffix':
      return 'amazonaws.com';
    case 'AWS::StackName':
      return stack.name;
    case 'AWS::StackId':
      return `arn:aws:cloudformation:${around.region}:${around.account}:stack/${stack.name}/home`;
    case 'AWS::NoValue':
      return nothing;
  }
  const parameter = stack.template.Parameters[name];
  if (parameter !== undefined) {
    if (parameter.Default === undefined)
      throw new Error(`${stack.name}: parameter ${name} has no default`);
    return parameter.Default;
  }
  return madeOf(name, scope).ref;
}

function attributeOf(id: string, attribute: string, scope: Scope): string {
  const value = madeOf(id, scope).attributes[attribute];
  if (value === undefined) {
    const type = scope.stack.template.Resources[id]?.Type;
    throw new Error(
      `${scope.stack.name}: Fn::GetAtt ${id}.${attribute} (${type}) is not known at home`,
    );
  }
  return value;
}

function madeOf(id: string, { stack, around }: Scope): Made {
  const made = around.made.get(addressOf(stack.name, id));
  if (made === undefined) throw new Error(`${stack.name}: reference to ${id}, which is not made`);
  return made;
}

function imported(name: string, { around }: Scope): unknown {
  const found = findExport(name, around);
  if (found === undefined) throw new Error(`Fn::ImportValue ${name}: no stack exports it`);
  return evaluate(found.value, { stack: found.stack, around });
}

/** The stack and expression behind an export's name. */
export function findExport(
  name: string,
  around: Surroundings,
): { stack: StackTemplate; value: unknown } | undefined {
  for (const stack of around.stacks) {
    for (const output of Object.values(stack.template.Outputs)) {
      if (output.Export !== undefined && exportName(output.Export.Name, stack, around) === name) {
        return { stack, value: output.Value };
      }
    }
  }
  return undefined;
}

function exportName(name: unknown, stack: StackTemplate, around: Surroundings): unknown {
  return typeof name === 'string' ? name : resolve(name, stack, around);
}

function condition(name: string, scope: Scope): boolean {
  const conditions: Template['Conditions'] = scope.stack.template.Conditions;
  if (!(name in conditions)) throw new Error(`${scope.stack.name}: unknown condition ${name}`);
  return truth(conditions[name], scope);
}

function truth(value: unknown, scope: Scope): boolean {
  if (isObject(value) && typeof value.Condition === 'string')
    return condition(value.Condition, scope);
  return evaluate(value, scope) === true;
}

function list(value: unknown): unknown[] {
  if (!Array.isArray(value)) throw new Error(`A list is expected, found ${JSON.stringify(value)}`);
  return value;
}

function text(value: unknown, where: string): string {
  if (typeof value !== 'string')
    throw new Error(`${where}: a text is expected, found ${JSON.stringify(value)}`);
  return value;
}

function scalar(value: unknown, where: string): string {
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean')
    return String(value);
  throw new Error(`${where}: a text is expected, found ${JSON.stringify(value)}`);
}

/** A plain object, as templates and JSON bodies have them. */
export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
