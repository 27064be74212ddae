import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, expect, test } from 'vitest';
import * as z from 'zod';
import { deposit } from '#test/documents/deposits.ts';
import { csv, header, someone } from '#test/enrolment/someone.ts';
import { ask } from '#test/support/request.ts';
import { temporaryFolder } from '#test/support/temporary.ts';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';

const department = '12';
const folder = temporaryFolder('deletion');
const person = someone(department);
const address = 'nouvelle@exemple.invalid';
let world: OwnWorld;

beforeAll(async () => {
  world = await startOwnWorld({ folder, options: ['--fresh', '--at', '2022-01-31'] });
}, 120_000);
afterAll(() => world.stop());

const command = (script: string, args: string[]) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], {
    encoding: 'utf8',
  });
  return { status, says: `${stdout}${stderr}` };
};
const token = async () =>
  (await ask(world.info.issuer, { path: '/token?person=camille&subject=leaver' })).text;
const mailed = async (to: string, pattern: RegExp) =>
  (await world.mails({ to })).flatMap(({ text }) => pattern.exec(text)?.[1] ?? []).at(-1) ?? '';
const post = async (to: string, body: unknown) =>
  world.request({ method: 'POST', path: to, token: await token(), body });

test('ENR-47: after a whole life and its deletion all is recounted, and the certificate holds', async () => {
  const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
  const Bucket = world.physical('INTAKE_BUCKET');
  const Body = [header, csv(person), csv(someone(department)), ''].join('\n');
  await s3.send(new PutObjectCommand({ Bucket, Key: 'incoming/people.csv', Body }));
  await world.idle();
  const planned = await world.request({
    ...{ method: 'PUT', path: '/enrolment/waves/first', token: await world.token('campagne') },
    body: { sendOn: '2022-02-02', departments: [department] },
  });
  expect(planned.status).toBe(200);
  await world.move('2022-02-03T09:00:00Z');
  await world.idle();
  const code = await mailed(person.email, /([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})/);
  const choices = {
    visibility: 'visible',
    emergency: { breakGlass: 'permit', regulation: 'permit' },
  };
  const { nir, cardSerial } = person;
  const { conditions } = world.info;
  const begun = await post('/enrolment/activations', {
    ...{ nir, cardSerial, code, conditions, choices, email: address },
  });
  const { activation } = z.looseObject({ activation: z.string() }).parse(begun.body);
  const otp = await mailed(address, /^ {4}(\d{6})$/m);
  const done = await post(`/enrolment/activations/${activation}/confirmation`, { otp });
  expect(done.status).toBe(200);
  const fed = await world.request({
    ...{ method: 'POST', path: '/fhir/DocumentReference', token: await world.token('laboratoire') },
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(deposit(nir)),
  });
  expect(fed.status).toBe(201);
  await world.idle();
  const left = await post('/enrolment/closure', { confirm: true, deletion: true });
  expect(left.status).toBe(200);
  const recount = () => command('infra/local/recount/run.ts', ['--folder', folder, '--json']);
  expect(JSON.parse(recount().says)).toMatchObject({ differences: [] });

  await world.move('+33d');
  await world.idle();
  const told = recount();
  expect(JSON.parse(told.says)).toMatchObject({
    ...{ differences: [], contents: 0, byStatus: { deleted: 1 } },
  });
  expect(told.status).toBe(0);

  const certificate = await world.request({
    ...{ path: '/enrolment/deletion-certificate', token: await token() },
  });
  const keys = await world.request({ path: '/enrolment/certificate-keys' });
  const [file, key] = ['certificate.json', 'keys.json'].map((name) => path.join(folder, name));
  if (!file || !key) throw new Error('no place');
  writeFileSync(file, certificate.text);
  writeFileSync(key, keys.text);
  const verify = () => command('infra/local/verify/certificate-run.ts', [file, '--key', key]);
  expect(verify()).toMatchObject({ status: 0, says: expect.stringContaining('valable') });
  const sheet = await world.request({
    ...{ path: '/enrolment/deletion-certificate', token: await token() },
    headers: { accept: 'application/pdf' },
  });
  const pdf = path.join(folder, 'certificate.pdf');
  writeFileSync(pdf, sheet.bytes);
  const verified = command('infra/local/verify/certificate-run.ts', [pdf, '--key', key]);
  expect(verified).toMatchObject({ status: 0, says: expect.stringContaining('valable') });
  writeFileSync(file, certificate.text.replace('"documents":1', '"documents":0'));
  expect(verify()).toMatchObject({ status: 1, says: expect.stringContaining('refusée') });
}, 240_000);
