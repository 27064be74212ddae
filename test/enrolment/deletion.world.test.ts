import '#test/notices/in-process.ts';
import { createPublicKey, verify } from 'node:crypto';
import { ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { GetCommand, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, describe, expect, test } from 'vitest';
import { SignedCertificate } from '#functions/enrolment/certificate-schema.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { verifyCertificate } from '#infra/local/verify/certificate.ts';
import { certificateIn } from '#infra/local/verify/enclosed.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { canonical } from '#shared/kernel/canonical.ts';
import { forgetKeys } from '#shared/sealing/branch-keys.ts';
import { branchOfHolder } from '#shared/sealing/holder-branch.ts';
import { IntegrityError } from '#shared/sealing/integrity.ts';
import { openDocument } from '#shared/sealing/open-document.ts';
import { openSmall } from '#shared/sealing/small.ts';
import { deposit } from '#test/documents/deposits.ts';
import { deposits, Found } from '#test/documents/talk.ts';
import { activate, addressOf, me, tokenOf } from './activating.ts';
import { wordsOf } from './papers/sheets.ts';
import { plant } from './races/plant.ts';
import { standing } from './races/standing.ts';
import { codeOf, dropPeople, sendWave, someone, world } from './town.ts';

const department = '44';
const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
const Bucket = world.physical('VAULT_BUCKET');

interface Holder {
  readonly row: InsuredRow;
  readonly holder: string;
  readonly subject: string;
  readonly token: string;
}

const post = (path: string, token: string, body?: unknown) =>
  world.request({ method: 'POST', path, token, ...(body === undefined ? {} : { body }) });
const leave = (token: string) =>
  post('/enrolment/closure', token, { confirm: true, deletion: true });
const certificate = (token: string) =>
  world.request({ path: '/enrolment/deletion-certificate', token });
const subjects = async (to: string) => (await world.mails({ to })).map(({ subject }) => subject);

async function holders(count: number, name: string): Promise<Holder[]> {
  const sentAt = Date.parse(await world.now()) - 10 * 86_400_000;
  const people = await plant(count, { department, sentAt });
  const made = people.map(async ({ code, holder, ...planted }, at) => {
    const row = { ...someone(department), ...planted };
    const subject = `test-44-${name}-${at}`;
    const token = await tokenOf(subject);
    const answer = await activate(row, { code, token });
    if (answer.status !== 200) throw new Error(answer.text);
    return { row, holder, subject, token };
  });
  return Promise.all(made);
}

const versionsOf = async (holder: string) => {
  const { Versions = [], DeleteMarkers = [] } = await s3.send(
    new ListObjectVersionsCommand({ Bucket, Prefix: `${holder}/` }),
  );
  return [...Versions, ...DeleteMarkers].map(({ Key }) => Key);
};
const itemsOf = async (table: string, pk: string, name = 'pk') => {
  const query = new QueryCommand({
    TableName: world.physical(table),
    KeyConditionExpression: '#pk = :pk',
    ExpressionAttributeNames: { '#pk': name },
    ExpressionAttributeValues: { ':pk': pk },
    ConsistentRead: true,
  });
  return (await dynamo.send(query)).Items ?? [];
};

/** All that any table but the journal holds of a holder, by table. */
async function leftOf(holder: string) {
  const pk = `H#${holder}`;
  return {
    documents: (await itemsOf('DOCUMENTS_TABLE', pk)).length,
    notices: (await itemsOf('NOTICES_TABLE', pk)).length,
    keys: (await itemsOf('KEYS_TABLE', branchOfHolder(holder), 'branch-key-id')).length,
    contents: (await versionsOf(holder)).length,
    identity: (await itemsOf('IDENTITY_TABLE', pk)).map(({ sk }) => String(sk)),
    enrolment: (await itemsOf('ENROLMENT_TABLE', pk)).map(({ sk }) => String(sk)).sort(),
  };
}

describe('ENR-43, ENR-44, ENR-47: a deletion that was asked for', () => {
  let one: Holder;
  let document: Record<string, unknown>;
  let sealed: Uint8Array;
  let id: string;

  beforeAll(async () => {
    const [first] = await holders(1, 'whole');
    if (!first) throw new Error('nobody');
    one = first;
    expect((await deposits('laboratoire', deposit(one.row.nir))).status).toBe(201);
    // What a dead deposit left, and what somebody deleted without naming its version.
    const Key = `${one.holder}/00000000000000000000000000/1`;
    await s3.send(new PutObjectCommand({ Bucket, Key, Body: 'left behind' }));
    const path = '/fhir/DocumentReference';
    const found = Found.parse((await world.request({ path, token: one.token })).body);
    id = found.entry?.[0]?.resource.id ?? '';
    [document = {}] = (await itemsOf('DOCUMENTS_TABLE', `H#${one.holder}`)).filter(
      ({ sk }) => sk === `DOC#${id}`,
    );
    const { GetObjectCommand } = await import('@aws-sdk/client-s3');
    const kept = await s3.send(new GetObjectCommand({ Bucket, Key: `${one.holder}/${id}/1` }));
    sealed = (await kept.Body?.transformToByteArray()) ?? new Uint8Array();
    expect((await leave(one.token)).body).toMatchObject({
      status: 'deletion-requested',
      deleteFrom: expect.any(String),
    });
  }, 240_000);

  test('ENR-43: is announced a week before, done after its delay, and told', async () => {
    await world.move('+25d');
    await world.idle();
    expect((await subjects(addressOf(one.row))).at(-1)).toContain('va bientôt être supprimé');
    expect((await me(await tokenOf(one.subject))).body).toMatchObject({
      record: { status: 'deletion-requested' },
    });
    await world.move('+7d');
    await world.idle();
    await world.move('+1d');
    await world.idle();
    for (const address of [addressOf(one.row), one.row.email])
      expect((await subjects(address)).at(-1)).toBe('Mon espace santé : votre espace est supprimé');
    const { told } = await standing(one.holder);
    expect(told.slice(-6)).toEqual([
      ...['close', 'request-deletion', 'remind-deletion'],
      ...['begin-deletion', 'finish-deletion', 'tell-deletion'],
    ]);
  });

  test('ENR-47: leaves the trace and nothing else', async () => {
    expect(await leftOf(one.holder)).toEqual({
      ...{ documents: 0, notices: 0, keys: 0, contents: 0, identity: [] },
      enrolment: ['CERTIFICATE#1', 'STATUS'],
    });
    const { status } = await standing(one.holder);
    expect(status).toMatchObject({ status: 'deleted', life: 1, nirTag: expect.any(String) });
    for (const gone of ['choices', 'conditions', 'untold', 'duePk'])
      expect(status).not.toHaveProperty(gone);
  });

  test('ENR-47: old ciphertext in a restored index and vault opens no more', async () => {
    forgetKeys();
    const TableName = world.physical('DOCUMENTS_TABLE');
    const { pk, sk } = document;
    await dynamo.send(new PutCommand({ TableName, Item: document }));
    const { Item } = await dynamo.send(new GetCommand({ TableName, Key: { pk, sk } }));
    const context = { holder: one.holder, kind: `document ${id}`, version: 1 };
    await expect(openSmall(Item?.sealed, context)).rejects.toThrow(IntegrityError);
    const { Readable } = await import('node:stream');
    const content = { holder: one.holder, document: id, version: 1 };
    await expect(openDocument(Readable.from([Buffer.from(sealed)]), content)).rejects.toThrow(
      IntegrityError,
    );
    const { DeleteCommand } = await import('@aws-sdk/lib-dynamodb');
    await dynamo.send(new DeleteCommand({ TableName, Key: { pk, sk } }));
  });

  test('ENR-43: is certified to its holder, verified without us, and refused when a byte is changed', async () => {
    const answer = await certificate(await tokenOf(one.subject));
    expect(answer.status).toBe(200);
    const signed = SignedCertificate.parse(answer.body);
    expect(signed.certificate).toMatchObject({
      ...{ record: one.holder, deletion: 1, cause: 'asked', documents: 1, versions: 2 },
    });
    const { keyDestroyedAt, cachesEmptyAt, finishedAt } = signed.certificate;
    expect(Date.parse(cachesEmptyAt) - Date.parse(keyDestroyedAt)).toBe(5 * 60_000);
    expect(finishedAt > cachesEmptyAt).toBe(true);
    const { body } = await world.request({ path: '/enrolment/certificate-keys' });
    expect(body).toEqual({ keys: [signed.key] });
    const { x, y, kty, crv } = signed.key;
    const key = createPublicKey({ key: { x, y, kty, crv }, format: 'jwk' });
    const bytes = Buffer.from(canonical(signed.certificate));
    expect(verify('sha256', bytes, key, Buffer.from(signed.signature, 'base64'))).toBe(true);

    expect(verifyCertificate(answer.text, JSON.stringify(body))).toMatchObject({ status: 0 });
    const at = answer.text.indexOf('"versions":2') + '"versions":'.length;
    const changed = `${answer.text.slice(0, at)}3${answer.text.slice(at + 1)}`;
    expect(verifyCertificate(changed, JSON.stringify(body))).toMatchObject({ status: 1 });
    const sheet = await world.request({
      ...{ path: '/enrolment/deletion-certificate', token: await tokenOf(one.subject) },
      headers: { accept: 'application/pdf' },
    });
    expect(sheet.headers['content-type']).toBe('application/pdf');
    const inside = (await certificateIn(sheet.bytes)) ?? '';
    expect(JSON.parse(inside)).toEqual(answer.body);
    expect(verifyCertificate(inside, JSON.stringify(body))).toMatchObject({ status: 0 });
    expect(await wordsOf(sheet.bytes)).toContain('Documents supprimés 1 Versions supprimées 2');
    expect((await certificate(await tokenOf('test-44-stranger'))).body).toMatchObject({
      ...{ status: 404, code: 'enrolment/no-certificate' },
    });
  });

  test('ENR-44: until a file names him again no code is sent to him, whatever way he asks', async () => {
    const { nir, cardSerial, birthDate } = one.row;
    const asks = (by: string, from: string) =>
      world.request({ path: '/enrolment/codes', from, body: { nir, cardSerial, birthDate, by } });
    const answers = [await asks('letter', '127.44.9.1'), await asks('sms', '127.44.9.2')];
    await world.idle();
    expect(answers.map(({ status }) => status)).toEqual([202, 202]);
    const { told } = await standing(one.holder);
    expect(told.slice(-2)).toEqual([
      ...['request-letter refused deleted', 'request-code refused deleted'],
    ]);
    const left = await itemsOf('ENROLMENT_TABLE', `H#${one.holder}`);
    expect(left.map(({ sk }) => sk)).not.toContain('CODE');
    const { body } = await world.request({
      ...{ path: '/enrolment/agent-codes', token: await world.token('conseiller') },
      body: { nir, birthDate, channel: 'phone', checks: ['name', 'birth-date', 'address'] },
    });
    expect(body).toMatchObject({ status: 409, code: 'enrolment/deleted' });
  });

  test('ENR-47: neither a later file nor a wave invites him again', async () => {
    const { row, holder } = one;
    const before = (await world.mails({ to: row.email })).length;
    await dropPeople([{ ...row, department }, someone(department)]);
    await sendWave(`after-deletion-${department}`, [department]);
    expect((await standing(holder)).status.status).toBe('deleted');
    expect((await world.mails({ to: row.email })).length).toBe(before);
    expect((await itemsOf('ENROLMENT_TABLE', `H#${holder}`)).map(({ sk }) => sk)).toContain(
      'PERSON',
    );
  });

  test('ENR-44: he may begin again, with an empty record and a key of its own', async () => {
    const { row, holder, subject } = one;
    const { nir, cardSerial, birthDate } = row;
    await world.request({ path: '/enrolment/codes', body: { nir, cardSerial, birthDate } });
    await world.idle();
    const token = await tokenOf(subject);
    const done = await activate(row, { code: await codeOf(row), token });
    expect(done.body).toMatchObject({ status: 'activated', holder });
    const path = '/fhir/DocumentReference';
    expect(Found.parse((await world.request({ path, token })).body).total).toBe(0);
    expect((await deposits('laboratoire', deposit(nir))).status).toBe(201);
    const again = Found.parse((await world.request({ path, token })).body);
    expect(again.total).toBe(1);
    const url = again.entry?.[0]?.resource.content[0]?.attachment.url ?? '';
    expect(
      (await world.request({ path: `/fhir/${url.replace(/^.*?Binary/, 'Binary')}`, token })).status,
    ).toBe(200);
    const keys = async (life: number) =>
      (await itemsOf('KEYS_TABLE', branchOfHolder(holder, life), 'branch-key-id')).length;
    expect([await keys(0), (await keys(1)) > 0]).toEqual([0, true]);
    // The certificate of the life before is still his.
    expect((await certificate(token)).body).toMatchObject({ certificate: { deletion: 1 } });
  });
});
