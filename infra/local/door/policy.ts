import * as z from 'zod';

const oneOrMore = z.union([z.string(), z.array(z.string())]).transform((value) => [value].flat());
const Conditions = z.record(z.string(), z.record(z.string(), oneOrMore));

/** A statement of an identity policy. `NotAction`, `NotResource` and principals are not played: they fail to parse. */
export const PolicyStatement = z.strictObject({
  Sid: z.string().optional(),
  Effect: z.enum(['Allow', 'Deny']),
  Action: oneOrMore,
  Resource: oneOrMore,
  Condition: Conditions.optional(),
});
export type PolicyStatement = z.infer<typeof PolicyStatement>;

export const PolicyDocument = z.object({
  Version: z.literal('2012-10-17'),
  Statement: z
    .union([PolicyStatement, z.array(PolicyStatement)])
    .transform((value) => [value].flat()),
});

/** What a call asks for: one action on one resource, with the facts that conditions may look at. */
export interface Need {
  readonly action: string;
  readonly resource: string;
  readonly facts?: Readonly<Record<string, string>>;
}

export type Verdict =
  | { readonly allowed: true; readonly action: string; readonly resource: string }
  | { readonly allowed: false };

/** IAM's decision over identity policies: an explicit deny wins, then an allow, else no. Tells which pattern allowed. */
export function judge(statements: readonly PolicyStatement[], need: Need): Verdict {
  let verdict: Verdict = { allowed: false };
  for (const statement of statements) {
    const action = statement.Action.find((pattern) =>
      matches(pattern.toLowerCase(), need.action.toLowerCase()),
    );
    const resource = statement.Resource.find((pattern) => matches(pattern, need.resource));
    if (action === undefined || resource === undefined) continue;
    if (!holds(statement.Condition ?? {}, need.facts ?? {})) continue;
    if (statement.Effect === 'Deny') return { allowed: false };
    verdict = { allowed: true, action, resource };
  }
  return verdict;
}

const patterns = new Map<string, RegExp>();

/** IAM's wildcards: `*` any text, `?` any one character. */
export function matches(pattern: string, text: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === text;
  let compiled = patterns.get(pattern);
  if (compiled === undefined) {
    const source = pattern
      .replace(/[.+^${}()|[\]\\]/g, '\\$&')
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.');
    compiled = new RegExp(`^${source}$`, 's');
    patterns.set(pattern, compiled);
  }
  return compiled.test(text);
}

type Operator = (wanted: string, found: string) => boolean;
const operators: Readonly<Record<string, Operator>> = {
  StringEquals: (wanted, found) => wanted === found,
  StringLike: matches,
  ArnEquals: matches,
  ArnLike: matches,
  Bool: (wanted, found) => wanted === found,
};
const negated: Readonly<Record<string, Operator>> = {
  StringNotEquals: (wanted, found) => wanted === found,
  StringNotLike: matches,
  ArnNotLike: matches,
};

function holds(
  conditions: z.infer<typeof Conditions>,
  facts: Readonly<Record<string, string>>,
): boolean {
  return Object.entries(conditions).every(([name, keys]) =>
    Object.entries(keys).every(([key, wanted]) => test(name, wanted, facts[key])),
  );
}

function test(name: string, wanted: readonly string[], found: string | undefined): boolean {
  if (name === 'Null') return wanted.includes(String(found === undefined));
  const denies = negated[name];
  if (denies !== undefined) return found === undefined || !wanted.some((one) => denies(one, found));
  const operator = operators[name];
  if (operator === undefined) throw new Error(`Policy condition ${name} is not played at home`);
  return found !== undefined && wanted.some((one) => operator(one, found));
}

const knownKeys =
  /^(aws:(SecureTransport|RequestedRegion|PrincipalAccount|ResourceAccount)|kms:(ViaService|CallerAccount|EncryptionContext:.+)|s3:prefix|ses:FromAddress|events:(source|detail-type))$/;

/** Fails loudly on a condition that the door would judge wrongly: to be called for every statement at start. */
export function requirePlayable(statement: PolicyStatement, whose: string): void {
  for (const [operator, keys] of Object.entries(statement.Condition ?? {})) {
    const known = operator in operators || operator in negated || operator === 'Null';
    const unknownKey = Object.keys(keys).find((key) => !knownKeys.test(key));
    if (!known || unknownKey !== undefined) {
      throw new Error(`${whose}: condition ${operator} ${unknownKey ?? ''} is not played at home`);
    }
  }
}
