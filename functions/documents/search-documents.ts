import { type AccessGrant, grantOwner } from '#shared/access/grant.ts';
import { refuse as refuseAccess } from '#shared/access/refusals.ts';
import { operation } from '#shared/http/operation.ts';
import { appendLine } from '#shared/journal/append.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { newId } from '#shared/random.ts';
import { entryOf } from './lines.ts';
import { ownerOf } from './owner.ts';
import { readPage, writePage } from './page-token.ts';
import { refuse } from './refusals.ts';
import { routes } from './routes.ts';
import { readerOf } from './rules/describe.ts';
import { insSystem } from './rules/people.ts';
import { matches, placeOf, wantedBy } from './rules/search.ts';
import type { DocumentReference, SearchForm } from './schema.ts';
import { listDocuments, openDocument } from './store.ts';

const defaultCount = 20;

interface Search {
  readonly form: SearchForm;
  readonly count: number;
  readonly after?: string;
  readonly now: number;
}

export const searchDocuments = operation(routes.searchDocuments, async (asked) => {
  const { body, receivedAt } = asked;
  const grant = await grantOwner(asked);
  await mustBeOwn(grant, body);
  const { _count: count = defaultCount, ...form } = body;
  return search(grant, { form, count, now: receivedAt });
});

export const listOwnDocuments = operation(routes.listDocuments, async (asked) => {
  const { query, receivedAt: now } = asked;
  refuseCriteria(query);
  const grant = await grantOwner(asked);
  const { page: word, _count: count = defaultCount } = query;
  if (word === undefined) return search(grant, { form: {}, count, now });
  return search(grant, { ...(await readPage(grant, { word, now })), now });
});

/** What an address says is kept by whoever passes it on: no matricule in it, and nothing medical. */
function refuseCriteria(query: Readonly<Record<string, unknown>>): void {
  const names = Object.keys(query).filter(
    (name) => !['page', '_count', '_format', '_pretty'].includes(name),
  );
  const values = names.map((name) => String(query[name]));
  const ofIdentity = names.some((name) => /patient|subject|identifier/i.test(name));
  if (ofIdentity || values.some((value) => parseNir(value.split('|').at(-1) ?? '').ok))
    throw refuse('identity-in-address');
  if (names.length > 0) throw refuse('search-by-post');
}

/** Who names a patient must name himself; another is answered as somebody unknown. */
async function mustBeOwn(grant: AccessGrant, form: SearchForm): Promise<void> {
  for (const given of [form['patient.identifier'], form['subject:Patient.identifier']]) {
    if (given === undefined) continue;
    const [system, value] = given.includes('|') ? given.split('|') : [insSystem, given];
    const read = parseNir(value ?? '');
    if (system !== insSystem || !read.ok)
      throw refuse('search-value', { name: 'patient.identifier' });
    if ((await ownerOf(read.nir)) !== grant.holder) throw refuseAccess('unknown-patient');
  }
}

/** Looks through the record's sealed documents; the line is written before the answer leaves. */
async function search(grant: AccessGrant, { form, count, after, now }: Search) {
  grant.allows('search');
  const wanted = wantedBy(form);
  if ('wrong' in wanted) throw refuse('search-value', { name: wanted.wrong });
  const filed = await listDocuments(grant);
  const opened = await Promise.all(filed.map((one) => openDocument(grant, one)));
  const found = opened
    .map(({ resource }) => resource)
    .filter((resource) => matches(resource, wanted, readerOf(grant)))
    .map((resource) => ({ place: placeOf(resource), resource }))
    .sort((a, b) => (a.place < b.place ? 1 : -1));
  const rest = after === undefined ? found : found.filter(({ place }) => place < after);
  const told = rest.slice(0, count);
  const last = rest.length > count ? told.at(-1)?.place : undefined;
  const next = last && (await writePage(grant, { form, count, after: last, now }));
  await appendLine(entryOf(grant, { id: newId(), at: now, action: 'documents/search-documents' }));
  return {
    status: 200,
    body: bundleOf(
      told.map((one) => one.resource),
      { total: found.length, next },
    ),
  };
}

function bundleOf(
  resources: readonly DocumentReference[],
  { total, next }: { total: number; next: string | undefined },
) {
  return {
    resourceType: 'Bundle',
    type: 'searchset',
    total,
    ...(next ? { link: [{ relation: 'next', url: `DocumentReference?page=${next}` }] } : {}),
    ...(resources.length > 0
      ? {
          entry: resources.map((resource) => ({
            fullUrl: `DocumentReference/${resource.id ?? ''}`,
            resource,
            search: { mode: 'match' },
          })),
        }
      : {}),
  };
}
