import { Client } from 'fhir-kit-client';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { deposit, pdf } from './deposits.ts';
import { record, type Titled, world } from './record.ts';
import { Found, Kept } from './talk.ts';

/** A FHIR client that was not written here: what it sends and follows is the standard's, not ours. */
async function clientOf(person: string): Promise<Client> {
  const client = new Client({ baseUrl: `${world.info.gateway}/fhir` });
  client.bearerToken = await world.token(person);
  return client;
}

const Asked = z.looseObject({ resourceType: z.string() });
const Paged = Asked.extend({ link: z.array(z.object({ relation: z.string(), url: z.string() })) });

describe('a FHIR client from the registry', () => {
  let camille: Titled;
  beforeAll(async () => {
    camille = await record({ citizen: 'camille' });
  });

  test('DOC-30 reads what the server can do, deposits, searches, turns pages and reads', async () => {
    const laboratory = await clientOf('laboratoire');
    const told = await laboratory.capabilityStatement();
    expect(told).toMatchObject({ fhirVersion: '4.0.1' });
    const ids: string[] = [];
    for (const date of ['2022-01-02T08:00:00Z', '2022-01-01T08:00:00Z']) {
      const body = Asked.parse(deposit(camille.nir, { date }));
      const made = await laboratory.create({ resourceType: 'DocumentReference', body });
      ids.push(Kept.parse(made).id);
    }

    const holder = await clientOf('camille');
    const first = await holder.search({
      resourceType: 'DocumentReference',
      searchParams: { type: 'http://loinc.org|11502-2', _count: '1' },
      options: { postSearch: true },
    });
    const second = await holder.nextPage({ bundle: Paged.parse(first) });
    const found = [first, second].flatMap((one) =>
      (Found.parse(one).entry ?? []).map(({ resource }) => resource.id),
    );
    expect(found).toEqual(ids);

    const id = ids[0] ?? '';
    expect(await holder.read({ resourceType: 'DocumentReference', id })).toMatchObject({ id });
    const binary = await holder.read({ resourceType: 'Binary', id });
    expect(binary).toMatchObject({
      contentType: 'application/pdf',
      data: pdf('Hémoglobine 13,2 g/dL').toString('base64'),
    });
  });

  test('is told refusals as an OperationOutcome', async () => {
    const holder = await clientOf('camille');
    const refused = holder.read({ resourceType: 'DocumentReference', id: 'a'.repeat(26) });
    await expect(refused).rejects.toMatchObject({
      response: { status: 404, data: { resourceType: 'OperationOutcome' } },
    });
  });

  test('asks whether a resource is sound', async () => {
    const laboratory = await clientOf('laboratoire');
    const outcome = await laboratory.operation({
      name: '$validate',
      resourceType: 'DocumentReference',
      input: Asked.parse(deposit(camille.nir)),
    });
    expect(outcome).toMatchObject({ issue: [{ severity: 'information' }] });
  });
});
