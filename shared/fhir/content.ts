import type { AnyResource } from './any-resource.ts';

/** Whether a text is base64 as FHIR has it: white space between is allowed, other alphabets are not. */
export function isBase64(text: string): boolean {
  const dense = /\s/.test(text) ? text.replaceAll(/\s+/g, '') : text;
  // There and back is many times quicker than a pattern over megabytes; only the last group may be written in
  // two ways, by bits that are dropped.
  const again = Buffer.from(dense, 'base64').toString('base64');
  return again.slice(0, -4) === dense.slice(0, -4) && lastGroup.test(dense.slice(-4));
}

const lastGroup = /^[A-Za-z0-9+/]{2}(?:==|[A-Za-z0-9+/](?:=|[A-Za-z0-9+/]))$/;

const longest = 1024;

/**
 * The resource with a few bytes in the place of each long content (`data`), which was looked at already:
 * judging megabytes of base64 as an element costs more than all the rest.
 */
export function shortened(resource: AnyResource): AnyResource {
  const { resourceType } = resource;
  return { ...membersOf(resource), resourceType };
}

function membersOf(value: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      name === 'data' && typeof inner === 'string' && inner.length > longest ? 'AAAA' : copy(inner),
    ]),
  );
}

function copy(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copy);
  return typeof value === 'object' && value !== null ? membersOf(value) : value;
}
