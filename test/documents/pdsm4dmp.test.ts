import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { judgeDeposit } from '#functions/documents/rules/deposit.ts';
import { insOf } from '#functions/documents/rules/people.ts';
import { DocumentReference } from '#functions/documents/schema.ts';
import { AnyResource } from '#shared/fhir/any-resource.ts';
import { examples, judge } from '#test/fhir/corpus.ts';

const Bundle = z.looseObject({
  resourceType: z.literal('Bundle'),
  entry: z.array(z.looseObject({ fullUrl: z.string().optional(), resource: AnyResource })),
});
const Binary = z.looseObject({ resourceType: z.literal('Binary'), data: z.string() });

/** A published example as it would be deposited one by one: the content of its lot is joined to it. */
function joined(resource: AnyResource, contents: ReadonlyMap<string, string>): AnyResource {
  const made = structuredClone(resource);
  for (const { attachment } of DocumentReference.parse(made).content) {
    const data = contents.get(attachment.url ?? '');
    if (data === undefined) continue;
    const { url: _url, ...rest } = attachment;
    Object.assign(made, {
      content: [{ ...DocumentReference.parse(made).content[0], attachment: { ...rest, data } }],
    });
  }
  return made;
}

/** Every DocumentReference of the guide, by its file and, in a bundle, its place. */
const all = examples('pdsm4dmp').flatMap(([file, resource]) => {
  const bundle = Bundle.safeParse(resource);
  if (!bundle.success) return [[file, resource] as const];
  const contents = new Map(
    bundle.data.entry.flatMap(({ fullUrl = '', resource: one }) => {
      const { data } = Binary.safeParse(one).data ?? {};
      return data === undefined ? [] : [[fullUrl, data] as const];
    }),
  );
  return bundle.data.entry.flatMap(({ resource: one }, at) =>
    one.resourceType === 'DocumentReference'
      ? [[`${file}[${at}]`, joined(one, contents)] as const]
      : [],
  );
});

function refusals(resource: AnyResource): string[] {
  const sound = judge(resource).filter(({ severity }) => severity === 'error');
  if (sound.length > 0) return sound.map(({ code }) => code);
  const document = DocumentReference.parse(resource);
  const bytes = Buffer.from(document.content[0]?.attachment.data ?? '', 'base64');
  const measured = { bytes, sizeBytes: bytes.length, sha1: hash('sha1', bytes, 'base64') };
  const now = Date.parse('2026-11-25T12:00:00Z');
  const { issues } = judgeDeposit({ document, measured, by: 'establishment', now });
  return issues
    .filter(({ severity }) => severity === 'error')
    .map(({ code, rule }) => `${rule} ${code}`);
}

/** What each is told. All name a patient by a matricule whose key is wrong; that is looked at last. */
const classDisagrees = 'DOC-2 documents/class-disagrees';
const elsewhere = 'DOC-30 documents/content-elsewhere';
const told: Readonly<Record<string, readonly string[]>> = {
  // Answers of a search, not deposits: their content stands elsewhere.
  'Bundle-example-annexe-searchset-documentreferences[0]': [classDisagrees, elsewhere],
  'Bundle-example-annexe-searchset-documentreferences[1]': [elsewhere],
  'DocumentReference-doc-x-id': ['DOC-24 documents/status', classDisagrees, elsewhere],
  'DocumentReference-example-annexe-docref-cda': [classDisagrees, elsewhere],
  'DocumentReference-example-annexe-docref-fhir': [elsewhere],
  'DocumentReference-example-td3-1a-cr-consultation': [classDisagrees, elsewhere],
  'DocumentReference-example-td3-1a-fhir-document': [elsewhere],
  'DocumentReference-example-td3-1a-ordonnance': [classDisagrees, elsewhere],
  // A report of a visit (class 10) that calls itself a synthesis (11).
  'Bundle-example-td2-iti65-lot-soumission[1]': [classDisagrees],
  'Bundle-example-td2-1-remplacement[1]': ['DOC-25 documents/replaces', classDisagrees],
  'DocumentReference-example-td2-iti105-publication-simplifiee': [],
};

describe('the examples of PDSm4DMP', () => {
  test('DOC-30 are accepted on deposit or refused for a named rule', () => {
    expect(Object.fromEntries(all.map(([name, one]) => [name, refusals(one)]))).toEqual(told);
  });

  test('DOC-30 name a patient whose matricule has a wrong key', () => {
    for (const [name, one] of all)
      expect(insOf(DocumentReference.parse(one)), name).toBe('subject-ins');
  });
});
