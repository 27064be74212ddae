import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { deposit, ownDeposit, pdf } from './deposits.ts';
import { record, type Titled, world } from './record.ts';

const Kept = z.looseObject({
  id: z.string(),
  content: z.array(z.looseObject({ attachment: z.looseObject({ url: z.string() }) })),
});
const Outcome = z.object({
  resourceType: z.literal('OperationOutcome'),
  issue: z.array(
    z.looseObject({
      details: z.looseObject({ coding: z.array(z.looseObject({ code: z.string() })).optional() }),
    }),
  ),
});
const codeOf = (body: unknown) => Outcome.parse(body).issue[0]?.details.coding?.[0]?.code;

const fhir = { 'content-type': 'application/fhir+json' };
const post = async (as: string, body: unknown, more: object = {}) =>
  world.request({
    method: 'POST',
    path: '/fhir/DocumentReference',
    token: await world.token(as),
    headers: fhir,
    body: JSON.stringify(body),
    ...more,
  });
const get = async (as: string, path: string) =>
  world.request({ path: `/fhir/${path}`, token: await world.token(as) });
const search = async (as: string, form: Record<string, string> = {}) =>
  world.request({
    method: 'POST',
    path: '/fhir/DocumentReference/_search',
    token: await world.token(as),
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: String(new URLSearchParams(form)),
  });

let camille: Titled;
beforeAll(async () => {
  camille = await record({ citizen: 'camille' });
});

describe('a deposit', () => {
  test('DOC-27 of a laboratory is filed under ids of ours, and its holder finds and reads it', async () => {
    const sent = deposit(camille.nir);
    const answer = await post('laboratoire', sent);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    expect(answer.headers['content-type']).toContain('application/fhir+json');
    const kept = Kept.parse(answer.body);
    expect(kept).toMatchObject({
      masterIdentifier: sent.masterIdentifier,
      category: [{ coding: [{ code: '10', display: 'Compte rendu' }] }],
      meta: { versionId: '1' },
    });
    expect(answer.headers.location).toBe(`/fhir/DocumentReference/${kept.id}`);

    const found = await search('camille', { type: 'http://loinc.org|11502-2' });
    expect(found.body).toMatchObject({ total: 1, entry: [{ resource: { id: kept.id } }] });

    const read = await get('camille', `DocumentReference/${kept.id}`);
    expect([read.status, read.headers.etag]).toEqual([200, 'W/"1"']);
    expect(read.body).toEqual(answer.body);

    const content = await get('camille', kept.content[0]?.attachment.url ?? '');
    expect(content.status).toBe(200);
    const { data } = z.looseObject({ data: z.string() }).parse(content.body);
    expect(Buffer.from(data, 'base64')).toEqual(pdf('Hémoglobine 13,2 g/dL'));
  });

  test('of a patient himself is filed without naming him', async () => {
    const answer = await post('camille', ownDeposit());
    expect([answer.status, answer.text]).toEqual([201, expect.anything()]);
  });

  test('DOC-27 sent again is the same document; other content under its identifier is refused', async () => {
    const sent = deposit(camille.nir);
    const first = await post('laboratoire', sent);
    const again = await post('laboratoire', sent);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    const other = deposit(
      camille.nir,
      { masterIdentifier: sent.masterIdentifier },
      { content: pdf('autre') },
    );
    const refused = await post('laboratoire', other);
    expect([refused.status, codeOf(refused.body)]).toEqual([409, 'documents/other-content']);
  });
});

describe('somebody else', () => {
  test('gets the same answer for another’s document as for one that never was', async () => {
    const { body } = await post('laboratoire', deposit(camille.nir));
    const { id } = Kept.parse(body);
    await record({ citizen: 'lucien' });
    const none = 'a'.repeat(26);
    for (const type of ['DocumentReference', 'Binary']) {
      const [theirs, nobodys] = [
        await get('lucien', `${type}/${id}`),
        await get('lucien', `${type}/${none}`),
      ];
      expect([theirs.status, theirs.text]).toEqual([404, nobodys.text]);
      expect(codeOf(theirs.body)).toBe('documents/unknown-document');
    }
  });
});

test('$validate judges and stores nothing', async () => {
  const token = await world.token('docteur');
  const validate = (type: string, body: unknown) =>
    world.request({ method: 'POST', path: `/fhir/${type}/$validate`, token, headers: fhir, body });
  const fine = await validate('DocumentReference', deposit(camille.nir));
  expect([fine.status, fine.body]).toMatchObject([200, { issue: [{ severity: 'information' }] }]);
  const wrong = await validate('DocumentReference', { ...deposit(camille.nir), status: 'x' });
  expect(codeOf(wrong.body)).toBe('fhir/code');
  const binary = await validate('Binary', { resourceType: 'Binary', contentType: 'text/plain' });
  expect(binary.body).toMatchObject({ issue: [{ severity: 'information' }] });
  for (const type of ['DocumentReference', 'Binary'])
    expect((await validate(type, '{"resourceType":')).status).toBe(400);
  expect(randomUUID()).toHaveLength(36);
});

test('the server says what it can do, in JSON only', async () => {
  const told = await world.request({ path: '/fhir/metadata' });
  expect(told.body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
  const xml = await world.request({
    path: '/fhir/metadata',
    headers: { accept: 'application/fhir+xml' },
  });
  expect([xml.status, codeOf(xml.body)]).toEqual([406, 'fhir/not-acceptable']);
});
