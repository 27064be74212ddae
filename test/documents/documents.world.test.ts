import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { example, examples } from '#test/fhir/corpus.ts';
import { deposit, ownDeposit, pdf } from './deposits.ts';
import { record, type Titled, world } from './record.ts';
import { codesOf, deposits, Found, Kept, reads, searches, validates } from './talk.ts';

let camille: Titled;
beforeAll(async () => {
  camille = await record({ citizen: 'camille' });
});

describe('a deposit', () => {
  test('DOC-27 of a laboratory is filed under ids of ours, and its holder finds and reads it', async () => {
    const sent = deposit(camille.nir);
    const answer = await deposits('laboratoire', sent);
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    expect(answer.headers['content-type']).toContain('application/fhir+json');
    const kept = Kept.parse(answer.body);
    expect(kept).toMatchObject({
      masterIdentifier: sent.masterIdentifier,
      category: [{ coding: [{ code: '10', display: 'Compte rendu' }] }],
      meta: { versionId: '1' },
    });
    expect(answer.headers.location).toBe(`/fhir/DocumentReference/${kept.id}`);

    const found = await searches('camille', { type: 'http://loinc.org|11502-2' });
    expect(found.body).toMatchObject({ total: 1, entry: [{ resource: { id: kept.id } }] });

    const read = await reads('camille', `DocumentReference/${kept.id}`);
    expect([read.status, read.headers.etag]).toEqual([200, 'W/"1"']);
    expect(read.body).toEqual(answer.body);

    const content = await reads('camille', kept.content[0]?.attachment.url ?? '');
    expect([content.status, content.headers['content-type']]).toEqual([200, 'application/pdf']);
    expect(content.headers['content-disposition']).toBe('attachment');
    expect(content.text).toBe(pdf('Hémoglobine 13,2 g/dL').toString());
    const json = { accept: 'application/fhir+json' };
    const binary = await reads('camille', kept.content[0]?.attachment.url ?? '', json);
    expect(binary.body).toEqual({
      resourceType: 'Binary',
      id: kept.id,
      contentType: 'application/pdf',
      securityContext: { reference: `DocumentReference/${kept.id}` },
      data: pdf('Hémoglobine 13,2 g/dL').toString('base64'),
    });
    const xml = await reads('camille', `Binary/${kept.id}`, { accept: 'application/fhir+xml' });
    expect([xml.status, codesOf(xml.body)]).toEqual([406, ['fhir/not-acceptable']]);
  });

  test('DOC-1 of a patient himself is filed, whether he names himself or not', async () => {
    const subject = { identifier: { system: 'urn:oid:1.2.250.1.213.1.4.8', value: camille.nir } };
    for (const change of [{}, { subject }])
      expect((await deposits('camille', ownDeposit(change))).status).toBe(201);
  });

  test('DOC-27 sent again is the same document; other content under its identifier is refused', async () => {
    const sent = deposit(camille.nir);
    const first = await deposits('laboratoire', sent);
    const again = await deposits('laboratoire', sent);
    expect([first.status, again.status]).toEqual([201, 200]);
    expect(again.body).toEqual(first.body);
    const { masterIdentifier } = sent;
    const other = deposit(camille.nir, { masterIdentifier }, { content: pdf('autre') });
    const refused = await deposits('laboratoire', other);
    expect([refused.status, codesOf(refused.body)]).toEqual([409, ['documents/other-content']]);
  });

  test('DOC-27 sent four times at once is one document', async () => {
    const sent = deposit(camille.nir);
    const answers = await Promise.all([1, 2, 3, 4].map(() => deposits('laboratoire', sent)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    expect(new Set(answers.map(({ body }) => Kept.parse(body).id)).size).toBe(1);
  });

  test('of 4 MiB is taken and read; one byte more is refused with the way to come', async () => {
    const content = Buffer.concat([pdf(), Buffer.alloc(4 * 1024 * 1024 - pdf().length, 0x20)]);
    const taken = await deposits('laboratoire', deposit(camille.nir, {}, { content }));
    expect(taken.status).toBe(201);
    const as = { accept: 'application/fhir+json' };
    const binary = await reads('camille', `Binary/${Kept.parse(taken.body).id}`, as);
    expect(z.looseObject({ data: z.string() }).parse(binary.body).data).toBe(
      content.toString('base64'),
    );
    const more = Buffer.concat([content, Buffer.alloc(1, 0x20)]);
    const refused = await deposits('laboratoire', deposit(camille.nir, {}, { content: more }));
    expect([refused.status, codesOf(refused.body)]).toEqual([413, ['documents/too-large']]);
    expect(refused.text).toContain('à venir');
  });

  test('DOC-30 of the guide PDSm4DMP is taken when it names somebody who is', async () => {
    const published = example(
      'pdsm4dmp',
      'DocumentReference-example-td2-iti105-publication-simplifiee',
    );
    const text = JSON.stringify({ ...published, date: '2022-01-30T10:00:00+01:00' });
    const named = text.replaceAll('123456789012345', camille.nir);
    expect((await deposits('laboratoire', named)).status).toBe(201);
    const unnamed = await deposits('laboratoire', text);
    expect([unnamed.status, codesOf(unnamed.body)]).toEqual([422, ['documents/subject-ins']]);
  });

  test('is refused with every reason, each with its rule', async () => {
    const type = { coding: [{ system: 'http://loinc.org', code: '28617-9' }] };
    const masterIdentifier = undefined;
    const refused = await deposits('laboratoire', deposit(camille.nir, { type, masterIdentifier }));
    expect([refused.status, codesOf(refused.body)]).toEqual([
      422,
      ['documents/type-refused', 'documents/identifier-missing'],
    ]);
    expect(refused.text).toContain('DOC-0');
    expect(refused.headers['content-type']).toContain('application/fhir+json');
  });

  test('DOC-30 of a lot is refused by name, and so is what is no JSON or XML', async () => {
    const bundle = await deposits(
      'laboratoire',
      example('pdsm4dmp', 'Bundle-example-td2-iti65-lot-soumission'),
    );
    expect([bundle.status, codesOf(bundle.body)]).toEqual([400, ['documents/other-resource']]);
    expect((await deposits('laboratoire', '{"resourceType":')).status).toBe(400);
    const twice = '{"resourceType":"DocumentReference","status":"current","status":"current"}';
    expect((await deposits('laboratoire', twice)).text).toContain('json-duplicate');
    const xml = await world.request({
      method: 'POST',
      path: '/fhir/DocumentReference',
      token: await world.token('laboratoire'),
      headers: { 'content-type': 'application/fhir+xml' },
      body: '<DocumentReference/>',
    });
    expect([xml.status, codesOf(xml.body)]).toEqual([415, ['request/media-type']]);
  });
});

describe('whose record it is', () => {
  test('an unknown person and a record that never opened are answered alike', async () => {
    const { nir } = await record({ status: 'invited' });
    const unknown = `${Number(nir.slice(0, 13)) + 97}${nir.slice(13)}`;
    const answers = [
      await deposits('laboratoire', deposit(nir)),
      await deposits('laboratoire', deposit(unknown)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(codesOf(answers[0]?.body)).toEqual(['access/unknown-patient']);
  });

  test('a record that opened by itself is fed; its holder reads it only once he has activated it', async () => {
    const { nir } = await record({ status: 'open', citizen: 'yanis' });
    expect((await deposits('laboratoire', deposit(nir))).status).toBe(201);
    const refused = await searches('yanis');
    expect([refused.status, codesOf(refused.body)]).toEqual([403, ['access/record-closed']]);
  });

  test('a patient deposits for nobody else, whether there is such a person or not', async () => {
    const other = await record();
    const subject = { identifier: { system: 'urn:oid:1.2.250.1.213.1.4.8', value: other.nir } };
    const refused = await deposits('camille', ownDeposit({ subject }));
    expect([refused.status, codesOf(refused.body)]).toEqual([404, ['access/unknown-patient']]);
  });

  test('another’s document gets the same answer as one that never was', async () => {
    const { body } = await deposits('laboratoire', deposit(camille.nir));
    const { id } = Kept.parse(body);
    await record({ citizen: 'lucien' });
    const none = 'a'.repeat(26);
    for (const type of ['DocumentReference', 'Binary']) {
      const theirs = await reads('lucien', `${type}/${id}`);
      const nobodys = await reads('lucien', `${type}/${none}`);
      expect([theirs.status, theirs.text]).toEqual([404, nobodys.text]);
      expect(codesOf(theirs.body)).toEqual(['documents/unknown-document']);
    }
  });

  test('DOC-21 what its author keeps from the patient is not there for him', async () => {
    const system = 'urn:oid:1.2.250.1.213.1.1.4.13';
    const securityLabel = [
      { coding: [{ system: 'urn:oid:2.16.840.1.113883.5.25', code: 'N' }] },
      { coding: [{ system, code: 'INVISIBLE_PATIENT' }] },
    ];
    const { status, body } = await deposits('laboratoire', deposit(camille.nir, { securityLabel }));
    expect(status).toBe(201);
    const { id } = Kept.parse(body);
    expect((await reads('camille', `DocumentReference/${id}`)).status).toBe(404);
    expect((await reads('camille', `Binary/${id}`)).status).toBe(404);
    expect((await searches('camille', { _count: '50' })).text).not.toContain(id);
    const token = await world.token('camille');
    const kept = await world.request({ method: 'GET', path: '/journal/history/export', token });
    expect(kept.status).toBe(200);
    expect(kept.text).not.toContain(id);
    expect(kept.text).not.toContain('withheld');
  });
});

describe('a search', () => {
  let ids: string[];
  let ines: Titled;
  beforeAll(async () => {
    ines = await record({ citizen: 'ines' });
    const dates = [1, 2, 3, 4, 5].map((day) => `2022-01-0${day}T08:00:00Z`);
    ids = [];
    for (const date of dates)
      ids.unshift(Kept.parse((await deposits('laboratoire', deposit(ines.nir, { date }))).body).id);
  });
  const told = (body: unknown) => (Found.parse(body).entry ?? []).map((one) => one.resource.id);
  const nextOf = (body: unknown) => Found.parse(body).link?.[0]?.url ?? '';

  test('tells pages, latest first, to the end', async () => {
    const first = await searches('ines', { _count: '2', date: 'ge2022-01-02' });
    expect(first.body).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 4 });
    const second = await reads('ines', nextOf(first.body));
    expect([...told(first.body), ...told(second.body)]).toEqual(ids.slice(0, 4));
    expect(Found.parse(second.body).link).toBeUndefined();
    const all = await reads('ines', 'DocumentReference');
    expect(told(all.body)).toEqual(ids);
  });

  test('finds by the matricule of one’s own, and by no other', async () => {
    const own = `urn:oid:1.2.250.1.213.1.4.8|${ines.nir}`;
    expect(told((await searches('ines', { 'patient.identifier': own })).body)).toEqual(ids);
    const other = await searches('ines', { 'patient.identifier': camille.nir });
    expect([other.status, codesOf(other.body)]).toEqual([404, ['access/unknown-patient']]);
    const wrong = await searches('ines', { 'patient.identifier': 'urn:x|1' });
    expect([wrong.status, codesOf(wrong.body)]).toEqual([400, ['documents/search-value']]);
    expect((await searches('ines', { date: 'hier' })).status).toBe(400);
    expect((await searches('ines', { author: 'x' })).status).toBe(400);
  });

  test('by an address is refused: with a matricule, and with anything that tells of illness', async () => {
    const address = 'DocumentReference?patient.identifier=urn:oid:1.2.250.1.213.1.4.8%7C';
    const named = await reads('ines', `${address}${ines.nir}`);
    expect([named.status, codesOf(named.body)]).toEqual([400, ['documents/identity-in-address']]);
    expect(named.text).toContain('_search');
    const typed = await reads('ines', 'DocumentReference?type=11502-2');
    expect([typed.status, codesOf(typed.body)]).toEqual([400, ['documents/search-by-post']]);
  });

  test('the word for the next page is nobody else’s, cannot be changed, and ends', async () => {
    const next = nextOf((await searches('ines', { _count: '2' })).body);
    const forged = `${next.slice(0, -4)}AAAA`;
    const answers = [await reads('camille', next), await reads('ines', forged)];
    await world.move('+61m');
    answers.push(await reads('ines', next));
    for (const { status, body } of answers)
      expect([status, codesOf(body)]).toEqual([400, ['documents/page']]);
  });
});

describe('$validate', () => {
  test.each(examples('fhir-r4'))('finds the official example %s sound', async (_, resource) => {
    const { status, body } = await validates('docteur', resource.resourceType, resource);
    expect([status, body]).toMatchObject([200, { issue: [{ severity: 'information' }] }]);
  });

  test('tells what is wrong, and what is no such resource', async () => {
    const wrong = { resourceType: 'DocumentReference', status: 'x', content: [] };
    const told = await validates('docteur', 'DocumentReference', wrong);
    expect([told.status, codesOf(told.body)]).toEqual([200, ['fhir/empty']]);
    expect(codesOf((await validates('docteur', 'Binary', wrong)).body)).toEqual([
      'fhir/other-type',
    ]);
    for (const type of ['DocumentReference', 'Binary'])
      expect((await validates('docteur', type, '{"resourceType":')).status).toBe(400);
  });
});

describe('the server', () => {
  test('says what it can do, in JSON only', async () => {
    const told = await world.request({ path: '/fhir/metadata' });
    expect(told.body).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' });
    for (const asked of [
      { path: '/fhir/metadata', headers: { accept: 'application/fhir+xml' } },
      { path: '/fhir/metadata?_format=xml' },
    ]) {
      const xml = await world.request(asked);
      expect([xml.status, codesOf(xml.body)]).toEqual([406, ['fhir/not-acceptable']]);
    }
    const either = { accept: 'application/fhir+xml;q=0.5, application/fhir+json' };
    expect((await world.request({ path: '/fhir/metadata', headers: either })).status).toBe(200);
  });

  test.each(['docteur', 'campagne'])('%s may neither deposit nor search nor read', async (as) => {
    const answers = [
      await deposits(as, deposit(camille.nir)),
      await searches(as),
      await reads(as, 'DocumentReference'),
      await reads(as, `DocumentReference/${'a'.repeat(26)}`),
      await reads(as, `Binary/${'a'.repeat(26)}`),
    ];
    for (const { status, body } of answers)
      expect([status, codesOf(body)]).toEqual([403, ['request/not-allowed']]);
  });
});
