import { isBase64 } from './content.ts';
import type { Issue } from './issue.ts';

/**
 * What no element of FHIR may be: null, an empty text, list or object, white space alone, a control
 * character, and a reference to a contained resource that is not there.
 */
export function looseEnds(resource: { readonly resourceType: string }): Issue[] {
  const issues: Issue[] = [];
  const found = { local: [] as { id: string; path: string }[], ids: new Set<string>() };
  walk(resource, resource.resourceType, { issues, found, parent: '' });
  for (const { id, path } of found.local)
    if (!found.ids.has(id))
      issues.push(
        issue('fhir/reference-target', 'La ressource référencée n’est pas contenue', path),
      );
  return issues;
}

interface Walk {
  readonly issues: Issue[];
  readonly found: { local: { id: string; path: string }[]; ids: Set<string> };
  /** Name of the member that holds the value. */
  readonly parent: string;
}

const issue = (code: string, text: string, expression: string): Issue => ({
  severity: 'error',
  type: 'value',
  code,
  text,
  expression,
});

const idForm = /^[A-Za-z0-9.-]{1,64}$/;

// Tab, line feed and carriage return are the only ones that a text may hold.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const control = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/;

function walk(value: unknown, path: string, at: Walk): void {
  const { issues, found, parent } = at;
  if (value === null) {
    issues.push(issue('fhir/null', 'Une valeur nulle n’est pas permise', path));
  } else if (typeof value === 'string') {
    if (value.trim() === '')
      issues.push(issue('fhir/empty', 'Un texte vide n’est pas permis', path));
    else if (parent === 'data') {
      if (!isBase64(value))
        issues.push(issue('fhir/base64', 'Le contenu n’est pas du base64', path));
    } else if (control.test(value))
      issues.push(issue('fhir/control', 'Un caractère de contrôle n’est pas permis', path));
    if (parent === 'reference' && value.startsWith('#') && value !== '#')
      found.local.push({ id: value.slice(1), path });
  } else if (Array.isArray(value)) {
    if (value.length === 0)
      issues.push(issue('fhir/empty', 'Une liste vide n’est pas permise', path));
    for (const [index, inner] of value.entries()) {
      // In a list of primitives beside their extensions, null holds the place of one that has none.
      if (inner === null && parent.startsWith('_')) continue;
      walk(inner, `${path}[${index}]`, at);
    }
  } else if (typeof value === 'object') {
    const members = Object.entries(value);
    if (members.length === 0)
      issues.push(issue('fhir/empty', 'Un objet vide n’est pas permis', path));
    for (const [name, inner] of members) {
      if (name === 'id' && typeof inner === 'string') found.ids.add(inner);
      if (name === 'id' && 'resourceType' in value && !idForm.test(String(inner)))
        issues.push(issue('fhir/format', 'L’identifiant n’a pas le bon format', `${path}.id`));
      walk(inner, `${path}.${name}`, { issues, found, parent: name });
    }
  }
}
