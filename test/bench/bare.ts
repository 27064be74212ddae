import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type Bundle, bundle } from '#infra/bundle.ts';
import type { Entry } from '#infra/entries.ts';

/** What a function takes from one package: named things, and whether it takes the default. */
interface Taken {
  readonly names: ReadonlySet<string>;
  readonly isDefault: boolean;
}

/** How each client and library is made; what is not here is only referred to. */
const made: Readonly<Record<string, string>> = {
  DynamoDBClient: 'new DynamoDBClient(options)',
  DynamoDBDocumentClient: 'DynamoDBDocumentClient.from(new DynamoDBClient(options))',
  EventBridgeClient: 'new EventBridgeClient(options)',
  KMSClient: 'new KMSClient(options)',
  S3Client: 'new S3Client(options)',
  SESv2Client: 'new SESv2Client(options)',
  SQSClient: 'new SQSClient(options)',
  BranchKeyStoreNode:
    "new BranchKeyStoreNode({ logicalKeyStoreName: 'bare', storage: { ddbTableName: 'bare', ddbClient: new DynamoDBClient(options) }, kmsConfiguration: { identifier: 'arn:aws:kms:eu-west-3:111111111111:key/11111111-1111-4111-8111-111111111111' }, keyManagement: { kmsClient: new KMSClient(options) } })",
};

/** One schema of each kind that a function names; it has many, this has one. */
const schemas: Readonly<Record<string, string>> = {
  array: 'z.array(z.string())',
  boolean: 'z.boolean()',
  'coerce.number': 'z.coerce.number()',
  custom: 'z.custom(() => true)',
  discriminatedUnion: "z.discriminatedUnion('a', [z.object({ a: z.literal('b') })])",
  enum: "z.enum(['a'])",
  instanceof: 'z.instanceof(Uint8Array)',
  int: 'z.int()',
  'iso.datetime': 'z.iso.datetime()',
  literal: "z.literal('a')",
  looseObject: 'z.looseObject({ a: z.string() })',
  number: 'z.number()',
  object: 'z.object({ a: z.string() })',
  record: 'z.record(z.string(), z.string())',
  strictObject: 'z.strictObject({ a: z.string() })',
  string: 'z.string()',
  union: 'z.union([z.string(), z.int()])',
  unknown: 'z.unknown()',
  url: 'z.url()',
  catch: "z.string().catch('')",
  default: "z.string().default('')",
  max: 'z.string().max(1)',
  min: 'z.string().min(1)',
  nullish: 'z.string().nullish()',
  optional: 'z.string().optional()',
  pipe: 'z.string().pipe(z.string())',
  regex: 'z.string().regex(/a/)',
  superRefine: 'z.string().superRefine(() => undefined)',
  transform: 'z.string().transform((text) => text)',
};

/** The kinds of schema that files name, in the order of the list above. */
function schemasOf(files: readonly string[]): readonly string[] {
  const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  return Object.entries(schemas).flatMap(([kind, schema]) =>
    text.includes(`z.${kind}(`) || text.includes(`.${kind}(`) ? schema : [],
  );
}

/** Packages that a bundle's own files import, with what they take: types aside, Node's own aside. */
export function takenBy({ inputs }: Pick<Bundle, 'inputs'>): ReadonlyMap<string, Taken> {
  const taken = new Map<string, { names: Set<string>; isDefault: boolean }>();
  const statement = /^import (?!type )(?:(\w+)|\* as \w+|\{([^}]*)\}) from '([^'.#][^']*)';/gm;
  for (const file of inputs) {
    if (file.includes(`${path.sep}lambda${path.sep}`)) continue;
    for (const [, name, names, source = ''] of readFileSync(file, 'utf8').matchAll(statement)) {
      if (source.startsWith('node:')) continue;
      const one = taken.get(source) ?? { names: new Set(), isDefault: false };
      for (const word of (names ?? '').split(','))
        if (word.trim() !== '' && !word.trim().startsWith('type ')) one.names.add(word.trim());
      taken.set(source, { ...one, isDefault: one.isDefault || name !== undefined });
    }
  }
  return taken;
}

/** Source of a module that makes a function's clients and libraries, and does nothing with them. */
function sourceOf(taken: ReadonlyMap<string, Taken>, files: readonly string[]): string {
  const lines: string[] = [];
  const uses: string[] = [];
  for (const [source, { names, isDefault }] of [...taken].sort()) {
    if (source === 'zod') {
      lines.push("import * as z from 'zod';");
      uses.push(...schemasOf(files));
    }
    if (isDefault) {
      lines.push(`import middy from '${source}';`);
      uses.push('middy().handler(async () => undefined)');
    }
    if (names.size > 0) lines.push(`import { ${[...names].sort().join(', ')} } from '${source}';`);
    uses.push(...[...names].sort().map((name) => made[name] ?? name));
  }
  const options = "const options = { region: 'eu-west-3' };";
  return `${lines.join('\n')}\n${options}\nconst all = [${uses.join(', ')}];\nexport const handler = async () => all.length;\n`;
}

export interface Pair {
  readonly id: string;
  readonly ours: Bundle;
  readonly bare: Bundle;
  readonly taken: readonly string[];
}

/** Every function's bundle, and beside it one made the same way of the bare clients and libraries it uses. */
export async function bundlePairs(
  entries: readonly Entry[],
  folder = '.local/bench',
): Promise<readonly Pair[]> {
  const ours = await bundle(entries, `${folder}/ours`);
  mkdirSync(`${folder}/source`, { recursive: true });
  const pairs = ours.map((one) => ({ one, taken: takenBy(one) }));
  const wanted = pairs.flatMap(({ one: { id, inputs }, taken }) => {
    const [entry] = entries.filter((found) => found.id === id);
    const file = `${folder}/source/${id}.ts`;
    writeFileSync(file, sourceOf(taken, inputs));
    return entry ? { ...entry, id: `bare-${id}`, file } : [];
  });
  const bare = await bundle(wanted, `${folder}/bare`);
  return pairs.flatMap(({ one, taken }, at) => {
    const beside = bare[at];
    return beside ? { id: one.id, ours: one, bare: beside, taken: [...taken.keys()].sort() } : [];
  });
}
