import {
  crawlTypedValue,
  type InternalTypeSchema,
  indexStructureDefinitionBundle,
  OperationOutcomeError,
  type TypedValue,
  type TypedValueWithPath,
  toTypedValue,
  validateResource,
} from '@medplum/core';
import type { OperationOutcomeIssue, Resource, StructureDefinition } from '@medplum/fhirtypes';
import * as z from 'zod';
import { isRealDay } from '../kernel/calendar.ts';
import { AnyResource } from './any-resource.ts';
import { shortened } from './content.ts';
import type { Issue } from './issue.ts';
import { looseEnds } from './loose-ends.ts';

/** Judges one resource; no issue of severity `error` means that it is sound FHIR R4. */
export type Judge = (resource: AnyResource) => readonly Issue[];

const Definitions = z.object({
  definitions: z.array(z.custom<StructureDefinition>((one) => typeof one === 'object')),
  codes: z.record(z.string(), z.array(z.string())),
});

/**
 * A judge by the R4 definitions made at build time (JSON). Structure, cardinalities, formats and invariants
 * are the library's; required codes, existing days, single choices, kinds of targets and empty values ours.
 */
export function judgeBy(text: string): Judge {
  const { definitions, codes } = Definitions.parse(JSON.parse(text));
  indexStructureDefinitionBundle(definitions);
  const known = new Set(
    definitions.filter(({ kind, abstract }) => kind === 'resource' && !abstract).map((d) => d.type),
  );
  const permitted = new Map(Object.entries(codes).map(([set, all]) => [set, new Set(all)]));
  return (given) => {
    // The library would trip over nulls and the like, and over types that it does not know.
    const loose = [...looseEnds(given), ...strangers(given, known)];
    if (loose.length > 0) return loose;
    const resource = shortened(given);
    const tokens: Record<string, TypedValueWithPath[]> = {};
    const issues = structure(resource, tokens);
    if (issues.some(({ type }) => type === 'exception')) return issues;
    return [...issues, ...wrongCodes(tokens, permitted), ...wrongValues(resource)];
  };
}

const Nested = z.looseObject({
  contained: z.array(AnyResource).optional(),
  entry: z.array(z.looseObject({ resource: AnyResource.optional() })).optional(),
});

/** Resources of a type that is not supported here: the resource itself, or one inside it. */
function strangers(resource: AnyResource, known: ReadonlySet<string>): Issue[] {
  const { contained = [], entry = [] } = Nested.safeParse(resource).data ?? {};
  const inside = [...contained, ...entry.flatMap((one) => one.resource ?? [])];
  return [resource, ...inside]
    .filter((one) => !known.has(one.resourceType))
    .map(() =>
      error('fhir/unknown-type', 'Ce type de ressource n’est pas pris en charge', 'resourceType'),
    );
}

const error = (code: string, text: string, expression: string, type = 'value'): Issue => ({
  severity: 'error',
  type,
  code,
  text,
  expression,
});

function structure(
  given: AnyResource,
  tokens: Record<string, TypedValueWithPath[]>,
): readonly Issue[] {
  try {
    // What it is not yet, the library is to find out.
    const resource = given as Resource;
    return validateResource(resource, { collect: { tokens } }).map(ofLibrary);
  } catch (cause) {
    if (cause instanceof OperationOutcomeError) return (cause.outcome.issue ?? []).map(ofLibrary);
    return [{ ...error('fhir/structure', 'La structure est illisible', ''), type: 'exception' }];
  }
}

/** The library only warns of a target of the wrong kind; its texts may quote values, so ours stand for them. */
function ofLibrary({ severity, code, details, expression }: OperationOutcomeIssue): Issue {
  const [at = ''] = expression ?? [];
  const said = details?.text ?? '';
  if (/^Invalid reference/i.test(said))
    return error('fhir/reference-type', 'La référence ne mène pas au bon type de ressource', at);
  const told = texts.find(([pattern]) => pattern.test(said));
  return {
    severity: severity === 'error' || severity === 'fatal' ? 'error' : 'warning',
    type: code ?? 'structure',
    code: `fhir/${told?.[1] ?? 'structure'}`,
    text: told?.[2] ?? 'La structure de la ressource n’est pas celle de FHIR R4',
    expression: at,
  };
}

const texts: readonly (readonly [RegExp, code: string, text: string])[] = [
  [/^Missing required/, 'required', 'Un élément obligatoire manque'],
  [/^Invalid additional property/, 'unknown-element', 'Un élément n’existe pas dans FHIR R4'],
  [
    /^Invalid number of values|^Expected (array|single)/,
    'cardinality',
    'Le nombre de valeurs ne convient pas',
  ],
  [/^Constraint /, 'invariant', 'Une règle de FHIR R4 n’est pas respectée'],
  [/^Invalid |^Expected number/, 'format', 'La valeur n’a pas le bon format'],
];

function wrongCodes(
  tokens: Readonly<Record<string, readonly TypedValueWithPath[]>>,
  permitted: ReadonlyMap<string, ReadonlySet<string>>,
): Issue[] {
  return Object.entries(tokens).flatMap(([set, values]) => {
    const codes = permitted.get(set.split('|')[0] ?? '');
    if (!codes) return [];
    return values
      .filter((value) => {
        const used = codesIn(value.value);
        return used.length > 0 && !used.some((code) => codes.has(code));
      })
      .map(({ path }) =>
        error('fhir/code', 'Ce code n’est pas dans la liste obligatoire', path, 'code-invalid'),
      );
  });
}

const Coded = z.union([
  z.string().transform((code) => [code]),
  z
    .looseObject({ coding: z.array(z.looseObject({ code: z.string().optional() })) })
    .transform(({ coding }) => coding.flatMap(({ code }) => code ?? [])),
  z.looseObject({ code: z.string() }).transform(({ code }) => [code]),
]);
const codesIn = (value: unknown): readonly string[] => Coded.safeParse(value).data ?? [];

const dated = new Set(['date', 'dateTime', 'instant']);
const mimeType = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,126}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,126}(\s*;.*)?$/i;

/** Days that do not exist, choices made twice, media types that are none. */
function wrongValues(resource: AnyResource): Issue[] {
  const issues: Issue[] = [];
  const values = (given: readonly (TypedValueWithPath | TypedValueWithPath[])[]) => given.flat();
  crawlTypedValue(toTypedValue(resource as Resource), {
    onEnterObject: (path, value, schema) => {
      issues.push(...madeTwice(path, value, schema), ...endsEarly(path, value, schema));
    },
    visitProperty: (_parent, key, _path, given) => {
      for (const { type, value, path } of values(given)) {
        if (typeof value !== 'string') continue;
        if (dated.has(type) && value.length >= 10 && !isRealDay(value.slice(0, 10)))
          issues.push(error('fhir/no-such-day', 'Cette date n’existe pas', path));
        if (key === 'contentType' && !mimeType.test(value))
          issues.push(error('fhir/mime-type', 'Ce n’est pas un type de média', path));
      }
    },
  });
  return issues;
}

/** `valueString` beside `valueCode`: only one form of a choice may be given. */
function madeTwice(path: string, { value }: TypedValue, schema: InternalTypeSchema): Issue[] {
  const given = Object.keys(value ?? {});
  return Object.entries(schema.elements).flatMap(([name, { type }]) => {
    if (!name.endsWith('[x]')) return [];
    const base = name.slice(0, -3);
    const forms = new Set(
      type.map((t) => `${base}${t.code.charAt(0).toUpperCase()}${t.code.slice(1)}`),
    );
    const used = given.filter((key) => forms.has(key));
    return used.length > 1
      ? [error('fhir/choice', 'Une seule forme de valeur peut être donnée', `${path}.${base}`)]
      : [];
  });
}

/** The library does not evaluate this rule of periods (per-1). */
function endsEarly(path: string, { value }: TypedValue, { name }: InternalTypeSchema): Issue[] {
  if (name !== 'Period' || !(Date.parse(value?.start) > Date.parse(value?.end))) return [];
  return [error('fhir/invariant', 'La période finit avant de commencer', path, 'invariant')];
}
