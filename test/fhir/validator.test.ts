import fhir from 'fhir';
import { describe, expect, test } from 'vitest';
import type { AnyResource } from '#shared/fhir/any-resource.ts';
import { isFit } from '#shared/fhir/issue.ts';
import { example, examples, judge } from './corpus.ts';

const { Fhir } = fhir;
const other = new Fhir();
const errorsOf = (resource: AnyResource) =>
  judge(resource)
    .filter(({ severity }) => severity === 'error')
    .map(({ code, expression }) => `${code} ${expression}`);

describe('the official examples of R4', () => {
  test('are all there', () => {
    expect(examples('fhir-r4').map(([name]) => name)).toEqual([
      'Binary-example',
      'Binary-f006',
      'DocumentReference-example',
    ]);
  });

  test.each(examples('fhir-r4'))('%s is sound', (_, resource) => {
    expect(errorsOf(resource)).toEqual([]);
  });

  test.each(examples('fhir-r4'))('%s is sound for another library too', (_, resource) => {
    const { messages } = other.validate(resource);
    expect(messages.filter(({ severity }) => `${severity}` === 'error')).toEqual([]);
  });
});

type Change = (made: Record<string, unknown>) => void;
const at = (made: unknown, ...path: readonly (string | number)[]): Record<string, unknown> => {
  const found = path.reduce<unknown>((inner, key) => Object(inner)[key], made);
  if (typeof found !== 'object' || found === null) throw new Error(`nothing at ${path.join('.')}`);
  return found as Record<string, unknown>;
};
const set =
  (...path: readonly (string | number)[]) =>
  (value: unknown): Change =>
  (made) => {
    Object.assign(at(made, ...path.slice(0, -1)), { [String(path.at(-1))]: value });
  };
const drop =
  (...path: readonly (string | number)[]): Change =>
  (made) => {
    delete at(made, ...path.slice(0, -1))[String(path.at(-1))];
  };
const person = ['contained', 1] as const;
const attachment = ['content', 0, 'attachment'] as const;

/** What is changed of a sound DocumentReference, and the one reason for which it is refused then. */
const mutants: readonly (readonly [string, Change, string])[] = [
  ['no status', drop('status'), 'fhir/required DocumentReference.status'],
  ['a status of nobody', set('status')('done'), 'fhir/code DocumentReference.status'],
  ['a status in capitals', set('status')('CURRENT'), 'fhir/code DocumentReference.status'],
  ['two statuses', set('status')(['current']), 'fhir/cardinality DocumentReference.status'],
  ['a document status of nobody', set('docStatus')('ok'), 'fhir/code DocumentReference.docStatus'],
  ['no content', drop('content'), 'fhir/required DocumentReference.content'],
  ['an empty list of contents', set('content')([]), 'fhir/empty DocumentReference.content'],
  [
    'a content without attachment',
    drop(...attachment),
    'fhir/required DocumentReference.content[0].attachment',
  ],
  [
    'a single content outside a list',
    set('content')({ attachment: { title: 'x' } }),
    'fhir/cardinality DocumentReference.content',
  ],
  [
    'an element that does not exist',
    set('doctor')('x'),
    'fhir/unknown-element DocumentReference.doctor',
  ],
  [
    'an element in an attachment that does not exist',
    set(...attachment, 'name')('x'),
    'fhir/unknown-element DocumentReference.content[0].attachment.name',
  ],
  [
    'an element with another case',
    set('Type')({ text: 'x' }),
    'fhir/unknown-element DocumentReference.Type',
  ],
  ['30 February', set('date')('2026-02-30T10:00:00+01:00'), 'fhir/format DocumentReference.date'],
  [
    '29 February of no leap year',
    set(...attachment, 'creation')('2026-02-29'),
    'fhir/no-such-day DocumentReference.content[0].attachment.creation',
  ],
  [
    '31 April as the start of care',
    set('context', 'period', 'start')('2026-04-31'),
    'fhir/no-such-day DocumentReference.context.period.start',
  ],
  [
    'a thirteenth month',
    set(...attachment, 'creation')('2026-13-01'),
    'fhir/format DocumentReference.content[0].attachment.creation',
  ],
  [
    'an instant without a zone',
    set('date')('2026-06-12T10:00:00'),
    'fhir/format DocumentReference.date',
  ],
  [
    'a day where an instant is asked',
    set('date')('2026-06-12'),
    'fhir/format DocumentReference.date',
  ],
  ['a date as a number', set('date')(20260612), 'fhir/format DocumentReference.date'],
  [
    'a French date',
    set(...attachment, 'creation')('12/06/2026'),
    'fhir/format DocumentReference.content[0].attachment.creation',
  ],
  [
    'a subject that is a document',
    set('subject')({ reference: 'Binary/1' }),
    'fhir/reference-type DocumentReference.subject',
  ],
  [
    'an author that is a list',
    set('author')([{ reference: 'List/1' }]),
    'fhir/reference-type DocumentReference.author[0]',
  ],
  [
    'a custodian that is a patient',
    set('custodian')({ reference: 'Patient/1' }),
    'fhir/reference-type DocumentReference.custodian',
  ],
  [
    'a relation to a patient',
    set('relatesTo')([{ code: 'replaces', target: { reference: 'Patient/1' } }]),
    'fhir/reference-type DocumentReference.relatesTo[0].target',
  ],
  [
    'a relation of an unknown kind',
    set('relatesTo')([{ code: 'kills', target: { reference: 'DocumentReference/1' } }]),
    'fhir/code DocumentReference.relatesTo[0].code',
  ],
  [
    'a relation without target',
    set('relatesTo')([{ code: 'replaces' }]),
    'fhir/required DocumentReference.relatesTo[0].target',
  ],
  [
    'an author who is not contained',
    set('author')([{ reference: '#nobody' }]),
    'fhir/reference-target DocumentReference.author[0].reference',
  ],
  [
    'an empty title',
    set(...attachment, 'title')(''),
    'fhir/empty DocumentReference.content[0].attachment.title',
  ],
  [
    'a title of spaces',
    set(...attachment, 'title')('   '),
    'fhir/empty DocumentReference.content[0].attachment.title',
  ],
  [
    'a title of null',
    set(...attachment, 'title')(null),
    'fhir/null DocumentReference.content[0].attachment.title',
  ],
  ['an empty subject', set('subject')({}), 'fhir/empty DocumentReference.subject'],
  [
    'a control character in the description',
    set('description')('a\u0000b'),
    'fhir/control DocumentReference.description',
  ],
  [
    'a size below nothing',
    set(...attachment, 'size')(-1),
    'fhir/format DocumentReference.content[0].attachment.size',
  ],
  [
    'a size as a text',
    set(...attachment, 'size')('80'),
    'fhir/format DocumentReference.content[0].attachment.size',
  ],
  [
    'a broken size',
    set(...attachment, 'size')(80.5),
    'fhir/format DocumentReference.content[0].attachment.size',
  ],
  [
    'no media type but a word',
    set(...attachment, 'contentType')('pdf'),
    'fhir/mime-type DocumentReference.content[0].attachment.contentType',
  ],
  [
    'content that is no base64',
    set(...attachment, 'data')('été!'),
    'fhir/base64 DocumentReference.content[0].attachment.data',
  ],
  [
    'content cut short',
    set(...attachment, 'data')('JVBERi0x9'),
    'fhir/base64 DocumentReference.content[0].attachment.data',
  ],
  [
    'a hash that is no base64',
    set(...attachment, 'hash')('a!b'),
    'fhir/format DocumentReference.content[0].attachment.hash',
  ],
  [
    'a code with spaces around',
    set('type', 'coding', 0, 'code')(' 11488-4'),
    'fhir/format DocumentReference.type.coding[0].code',
  ],
  [
    'a code as a number',
    set('type', 'coding', 0, 'code')(11488),
    'fhir/format DocumentReference.type.coding[0].code',
  ],
  [
    'an identifier of an unknown use',
    set('masterIdentifier', 'use')('main'),
    'fhir/code DocumentReference.masterIdentifier.use',
  ],
  [
    'an unknown gender inside',
    set(...person, 'gender')('F'),
    'fhir/code DocumentReference.contained[1].gender',
  ],
  [
    'a birth on 31 June inside',
    set(...person, 'birthDate')('1985-06-31'),
    'fhir/no-such-day DocumentReference.contained[1].birthDate',
  ],
  [
    'two forms of one value',
    set('extension')([{ url: 'http://example.org/x', valueString: 'a', valueCode: 'b' }]),
    'fhir/choice DocumentReference.extension.value',
  ],
  [
    'an extension without a value',
    set('extension')([{ url: 'http://example.org/x' }]),
    'fhir/invariant DocumentReference.extension[0]',
  ],
  [
    'an extension without an address',
    set('extension')([{ valueString: 'a' }]),
    'fhir/required DocumentReference.extension[0].url',
  ],
  ['a stranger inside', set(...person, 'resourceType')('Dog'), 'fhir/unknown-type resourceType'],
  ['an id with a space', set('id')('a b'), 'fhir/format DocumentReference.id'],
  ['an id of 65 characters', set('id')('a'.repeat(65)), 'fhir/format DocumentReference.id'],
  [
    'a period that ends before it begins',
    set('context', 'period')({ start: '2026-02-02', end: '2026-02-01' }),
    'fhir/invariant DocumentReference.context.period',
  ],
];

describe('a sound DocumentReference', () => {
  const sound = () => {
    const bundle = example('pdsm4dmp', 'Bundle-example-td2-iti65-lot-soumission');
    return at(structuredClone(bundle), 'entry', 1, 'resource');
  };
  const judged = (made: Record<string, unknown>) =>
    errorsOf({ ...made, resourceType: String(made.resourceType) });

  test('has no error, and there are more than forty ways to spoil it', () => {
    expect(judged(sound())).toEqual([]);
    expect(mutants.length).toBeGreaterThan(45);
  });

  test.each(mutants)('with %s is refused for that', (_, change, wanted) => {
    const made = sound();
    change(made);
    expect(judged(made)).toContain(wanted);
  });
});

test('a document of 4 MiB costs little more to judge than its metadata', () => {
  const data = Buffer.alloc(4 * 1024 * 1024, 7).toString('base64');
  expect(isFit(judge({ resourceType: 'Binary', contentType: 'text/plain', data }))).toBe(true);
  const spoilt = `${data.slice(0, -4)}é===`;
  expect(isFit(judge({ resourceType: 'Binary', contentType: 'text/plain', data: spoilt }))).toBe(
    false,
  );
});
