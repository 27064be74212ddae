import type { PolicyStatement } from './policy.ts';
import { judge, matches, type Need, requirePlayable } from './policy.ts';

/** One permission of one function, as people and tests name it: `dynamodb:PutItem on ENROLMENT_TABLE`. */
export interface Permission {
  readonly function: string;
  readonly permission: string;
}

interface Grant {
  readonly statement: PolicyStatement;
  readonly permission: string;
}

export interface RightsOfFunction {
  readonly held: readonly Grant[];
  /** Grants taken out for this world, to show that a test misses them. */
  readonly removed: readonly Grant[];
}

export type Judgement =
  | { readonly allowed: true; readonly permission: string }
  | {
      readonly allowed: false;
      readonly action: string;
      readonly resource: string;
      readonly permission: string;
    };

/** Names ARNs as people do: `ENROLMENT_TABLE/index/due`, `INTAKE_BUCKET/incoming/*`. */
export type NameOf = (arn: string) => string;

/** A naming from logical names by ARN: the longest known beginning wins; stream labels, which change, are left out. */
export function namingOf(names: ReadonlyMap<string, string>): NameOf {
  return (arn) => {
    const known = [...names.keys()]
      .filter((one) => arn === one || arn.startsWith(`${one}/`) || arn.startsWith(`${one}:`))
      .sort((a, b) => b.length - a.length)[0];
    if (known === undefined) return arn.replace(/^arn:aws:([^:]*):[^:]*:[^:]*:/, '$1 ');
    return `${names.get(known)}${arn.slice(known.length).replace(/^\/stream\/.*/, '/stream')}`;
  };
}

/**
 * The statements of a function's role taken apart into single permissions; those of `without` are
 * set aside. A condition that cannot be played throws.
 */
export function rightsOf(
  functionId: string,
  statements: readonly PolicyStatement[],
  { nameOf, without }: { nameOf: NameOf; without: readonly Permission[] },
): RightsOfFunction {
  const held: Grant[] = [];
  const removed: Grant[] = [];
  for (const statement of statements) {
    requirePlayable(statement, functionId);
    for (const Action of statement.Action) {
      for (const Resource of statement.Resource) {
        const permission = `${Action} on ${nameOf(Resource)}`;
        const grant = {
          statement: { ...statement, Action: [Action], Resource: [Resource] },
          permission,
        };
        const out = without.some(
          (one) => one.function === functionId && one.permission === permission,
        );
        (out && statement.Effect === 'Allow' ? removed : held).push(grant);
      }
    }
  }
  return { held, removed };
}

/** Whether a function may; names the permission that allowed, or the one that is missing. */
export function mayCall(rights: RightsOfFunction, need: Need, nameOf: NameOf): Judgement {
  const verdict = judge(
    rights.held.map(({ statement }) => statement),
    need,
  );
  if (verdict.allowed) {
    return { allowed: true, permission: `${verdict.action} on ${nameOf(verdict.resource)}` };
  }
  const fits = ({ statement }: Grant) =>
    statement.Action.some((action) => matches(action.toLowerCase(), need.action.toLowerCase())) &&
    statement.Resource.some((resource) => matches(resource, need.resource));
  const missing = rights.removed.find(fits);
  const resource = nameOf(need.resource);
  return {
    allowed: false,
    action: need.action,
    resource,
    permission: missing?.permission ?? `${need.action} on ${resource}`,
  };
}
