import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  ScanCommand as DocumentScan,
  DynamoDBDocumentClient,
  PutCommand,
} from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { childColumns, columns } from '#functions/enrolment/rules/insured-row.ts';
import { genesis, nextLine } from '#shared/journal/line.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { deposit, pdf } from '#test/documents/deposits.ts';
import { ask } from '#test/support/request.ts';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';
import { writeTo } from './canary-letter.ts';

const nir = `284019${'9123456'}${nirKey('2840199123456')}`;
const broken = `284019${'9123457'}00`;

/** What identifies a person, unlike anything that could stand somewhere by chance. */
const canary: Readonly<Record<string, string>> = {
  ...{ nir, birthName: 'KANARIENVOGEL', usedName: 'SERINUS', givenNames: 'Kanarina, Kanarilla' },
  ...{ birthDate: '1984-01-17', sex: 'F', addressLine: '7 voliere des Canaris', postcode: '99887' },
  ...{ city: 'Canarville', department: '36', email: 'kanari@voliere.example' },
  cardSerial: '8472910365',
};
const { email = '', cardSerial = '' } = canary;
/** What the person gives when he activates, and the issuer's name for him. */
const [address, subject] = ['neuer-vogel@voliere.example', 'subject-of-the-bird-77'];
/** What a laboratory files for him: title and words of the document, and what kind it is. */
const [title, words, type] = ['KANARI-Bilan', 'KANARI-Befund 13,2 g/dL', '11502-2'];
/** Another one, whom no mail reaches. */
const offline = {
  nir: `284019${'9123458'}${nirKey('2840199123458')}`,
  email: 'kanarilla@refus.invalid',
};
/** A third one, whom text messages reach; the digits are looked for, however the number is written. */
const textedNir = `284019${'9123459'}${nirKey('2840199123459')}`;
const mobile = '+33639984747';
const secrets = [
  ...[nir, broken, 'KANARI', 'SERINUS', 'Canaris', 'Canarville', email, cardSerial],
  ...[address, subject],
  ...[offline.nir, offline.email],
  ...[textedNir, mobile.slice(3)],
];
const codes: string[] = [];

const folder = mkdtempSync(join(tmpdir(), 'mes-canary-'));
let world: OwnWorld;
let code = '';
let activated = 0;
let read = '';
let written: Awaited<ReturnType<typeof writeTo>>;

async function drop(name: string, rows: readonly string[], head = columns.join(';')) {
  const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
  const Body = [head, ...rows, ''].join('\n');
  const Bucket = world.physical('INTAKE_BUCKET');
  await s3.send(new PutObjectCommand({ Bucket, Key: `incoming/${name}.csv`, Body }));
  await world.idle();
}

const line = (change: object = {}) =>
  columns.map((column) => Reflect.get({ ...canary, ...change }, column)).join(';');

const post = (path: string, body: object, headers: Record<string, string> = {}) =>
  world.request({
    method: 'POST',
    path,
    body,
    headers: { ...headers, 'content-type': 'application/json' },
  });

beforeAll(async () => {
  world = await startOwnWorld({ folder, options: ['--fresh', '--at', '2022-01-31'] });
  await drop('good', [line(), line({ city: 'Canarville-les-Bains' }), line(offline)]);
  const all = [...columns, ...childColumns, 'birthPlace', 'mobile'].join(';');
  const silent = line({ nir: textedNir, email: '', department: '18' });
  await drop('texted', [`${silent};;;;${mobile}`, `${line()};;;;${mobile}00`], all);
  // Lines with faults, a file with none but faults, and a header nobody knows.
  await drop('bad', [line({ nir: broken }), line({ sex: 'KANARI' }), `${line()};KANARI`]);
  await drop('worse', ['KANARI']);
  const agent = (await ask(world.info.issuer, { path: '/token?person=campagne' })).text;
  await world.request({
    ...{ method: 'PUT', path: '/enrolment/waves/canaries', token: agent },
    body: { sendOn: '2022-01-31', departments: ['36'] },
  });
  const clock = { job: 'start-sending', scheduledAt: await world.now() };
  await world.invoke('enrolment-clock', clock);
  await world.idle();
  const [mail] = await world.mails({ to: email });
  code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? '';
  const body = { nir, cardSerial, code };
  await post('/enrolment/oppositions', { ...body, code: 'KANARI' });
  await post('/enrolment/oppositions', { ...body, [nir]: email });
  await post(`/enrolment/${nir}?code=${code}`, body);
  await post('/enrolment/oppositions', { ...body, code: '0000-0000-0000' });
  await post('/enrolment/codes', { nir, cardSerial, birthDate: '1984-01-17' });
  // A dependency that fails while the canary is in hand.
  for (const kind of ['throttle', 'reset'] as const) {
    await world.plant({ caller: 'enrolment-public', kind, times: 9 });
    await post('/enrolment/oppositions', body, { 'idempotency-key': 'KANARI-KEY' });
    await world.clearFaults();
  }
  await post('/enrolment/oppositions', body, { 'idempotency-key': 'KANARI-KEY' });
  await activate();
  await fileAndRead();
  await world.idle();
  written = await writeTo(world, '36');
  codes.push(...written.codes);
  await signInForTheFirstTime();
}, 240_000);

/** He changes his mind: another code, six digits to a new address, an account. */
async function activate(): Promise<void> {
  await world.move('+1m');
  await post('/enrolment/codes', { nir, cardSerial, birthDate: '1984-01-17' });
  await world.idle();
  const [mail] = (await world.mails({ to: email })).slice(-1);
  const fresh = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mail?.text ?? '')?.[0] ?? '';
  codes.push(fresh, fresh.replaceAll('-', ''));
  const token = await world.token('camille', { subject });
  const bearer = { authorization: `Bearer ${token}` };
  const { conditions } = world.info;
  const emergency = { breakGlass: 'permit', regulation: 'permit' };
  const begun = await post(
    '/enrolment/activations',
    {
      ...{ nir, cardSerial, code: fresh, conditions, email: address },
      choices: { visibility: 'visible', emergency },
    },
    bearer,
  );
  const { activation } = JSON.parse(begun.text);
  const [digits] = await world.mails({ to: address });
  const otp = /^ {4}(\d{6})$/m.exec(digits?.text ?? '')?.[1] ?? '';
  const path = `/enrolment/activations/${activation}/confirmation`;
  await post(path, { otp: otp === '000000' ? '111111' : '000000' }, bearer);
  activated = (await post(path, { otp }, bearer)).status;
  await world.request({ path: '/identity/me', token });
}

/** A laboratory files a document; he finds and reads it, and a broken and a failing call carry it too. */
async function fileAndRead(): Promise<void> {
  const [labo, own] = [await world.token('laboratoire'), await world.token('camille', { subject })];
  const sent = deposit(nir, {}, { content: pdf(words) });
  const text = JSON.stringify(sent).replace('Bilan sanguin', title);
  const file = (body: string) =>
    world.request({
      ...{ method: 'POST', path: '/fhir/DocumentReference', token: labo, body },
      headers: { 'content-type': 'application/fhir+json' },
    });
  await file(text.replace('"status":"current"', '"status":"KANARI"'));
  await world.plant({ caller: 'documents-api', kind: 'reset', times: 9 });
  await file(text);
  await world.clearFaults();
  await file(text);
  const found = await world.request({
    ...{ method: 'POST', path: '/fhir/DocumentReference/_search', token: own },
    body: `type=${encodeURIComponent(`http://loinc.org|${type}`)}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  });
  const [binary = ''] = /Binary\/[a-z0-9.-]+/.exec(found.text) ?? [];
  read = (await world.request({ path: `/fhir/${binary}`, token: own })).text;
  await world.request({ path: `/fhir/DocumentReference?type=${type}&KANARI=${nir}`, token: own });
}

/** What the identity room says of each of them: it is told by mail, or left to a letter. */
async function signInForTheFirstTime(): Promise<void> {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));
  const TableName = world.physical('JOURNAL_TABLE');
  const { Items = [] } = await client.send(new DocumentScan({ TableName }));
  const holders = new Set(Items.map(({ holder }) => String(holder)));
  for (const holder of holders) {
    if (holder.startsWith('wave:') || holder.startsWith('letters:')) continue;
    const { line: signedIn } = nextLine(genesis, {
      ...{ id: `first-${holder}`, holder, lane: 1, at: Date.parse(await world.now()) },
      actor: { kind: 'holder', id: holder },
      channel: 'web',
      action: 'identity/first-sign-in',
      object: { kind: 'record' },
      ...{ outcome: 'done', policy: 'identity-1', visible: 'holder' },
    });
    const Item = { pk: `${holder}#01`, sk: '000000000001', ...signedIn };
    await client.send(new PutCommand({ TableName, Item }));
  }
  await world.idle();
}

afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true });
});

/** A text as it may stand in a file: raw, UTF-16, hex, and base64 at its three offsets. */
function shapesOf(secret: string): Buffer[] {
  const raw = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), raw])
      .toString('base64')
      .replace(/=+$/, '');
    // The first and last characters also depend on the neighbours.
    return text.slice(offset === 0 ? 0 : offset + 1, -1);
  });
  const texts = [raw.toString('hex'), raw.toString('hex').toUpperCase(), ...base64];
  return [raw, Buffer.from(secret, 'utf16le'), ...texts.map((text) => Buffer.from(text))];
}

function filesOf(under: string): string[] {
  return readdirSync(under, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Secrets found in some bytes. */
const leaks = (bytes: Buffer): string[] =>
  [...secrets, ...codes, code, code.replaceAll('-', '')].filter((secret) =>
    shapesOf(secret).some((shape) => bytes.includes(shape)),
  );

/** Where data lies, code apart: a kind of document stands in the code's own value sets. */
const isData = (file: string) => /\/(dynamodb|s3|sqs|kms|logs)\//.test(file);

describe('what identifies a person, and what his documents say', () => {
  test('is where it should be: in the mail to him', async () => {
    expect(code).toMatch(/^[0-9A-Z]{4}-/);
    expect(activated).toBe(200);
    expect(read).toContain(words);
    expect(written.letter).toContain('MME KANARINA SERINUS');
    expect(written.letter).toContain('7 VOLIERE DES CANARIS');
    expect(written.returned).toBe(202);
    expect(leaks(Buffer.from(written.manifest))).toEqual([]);
    const mails = await world.mails({ to: email });
    expect(mails.some(({ text }) => text.includes(code))).toBe(true);
    for (const { subject } of mails) expect(leaks(Buffer.from(subject))).toEqual([]);
    const all = (await world.mails()).map(({ subject }) => subject);
    expect(all.some((subject) => subject.includes('première connexion'))).toBe(true);
    const [text] = await world.texts({ to: mobile });
    expect(text?.text).toContain('première connexion');
    const told = await world.mails({ to: address });
    expect(told.some(({ subject }) => subject.includes('document'))).toBe(true);
    for (const { text } of told) expect(text).not.toMatch(/KANARI-|11502|biolog/i);
  });

  test('stands in no key, no line and no counter of the tables', async () => {
    const client = new DynamoDBClient(world.aws());
    for (const name of [
      'ENROLMENT_TABLE',
      'IDENTITY_TABLE',
      'JOURNAL_TABLE',
      'STATISTICS_TABLE',
      'KEYS_TABLE',
      'DOCUMENTS_TABLE',
      'NOTICES_TABLE',
    ]) {
      const TableName = world.physical(name);
      const { Items = [] } = await client.send(new ScanCommand({ TableName }));
      expect(Items.length, name).toBeGreaterThan(0);
      const bytes = (_: string, value: unknown) =>
        value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : value;
      const text = JSON.stringify(Items, bytes);
      expect(leaks(Buffer.from(text)), name).toEqual([]);
      expect(text, name).not.toContain(type);
      if (name === 'NOTICES_TABLE') expect(text).toContain('no-address');
    }
  });

  test('stands in no log, no queue, no object and no table on the disk', () => {
    const files = filesOf(folder).filter((file) => !/mail|\/sms\//.test(file.slice(folder.length)));
    const found = files.flatMap((file) =>
      leaks(readFileSync(file)).map((leak) => `${file.slice(folder.length)}: ${leak}`),
    );
    expect(files.filter((file) => file.endsWith('.log')).length).toBeGreaterThan(5);
    expect(files.some((file) => file.includes('sqs'))).toBe(true);
    expect(found).toEqual([]);
    const kinds = files.filter((file) => isData(file) && readFileSync(file).includes(type));
    expect(kinds).toEqual([]);
    expect(files.some((file) => isData(file) && file.includes('objects'))).toBe(true);
  });

  test('stands in nothing that the world tells of its calls', async () => {
    for (const path of ['/exercised', '/refused', '/counts', '/faults', '/functions'])
      expect(leaks(Buffer.from(JSON.stringify(await world.control('GET', path)))), path).toEqual(
        [],
      );
  });

  test('would be found if it leaked, in each of its shapes', () => {
    for (const shape of shapesOf(nir))
      expect(leaks(Buffer.concat([Buffer.from('..'), shape]))).toEqual([nir]);
  });
});
