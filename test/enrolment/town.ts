import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import * as z from 'zod';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { Import } from '#functions/enrolment/schema.ts';
import { lineOf } from '#shared/journal/read.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { endOfDay } from '#shared/kernel/calendar.ts';
import { ask } from '#test/support/request.ts';
import { attachWorld } from '#test/support/world.ts';
import { csv, header } from './someone.ts';

export { csv, header, someone } from './someone.ts';

export const world = attachWorld(inject('world'));

const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));
const Bucket = world.physical('INTAKE_BUCKET');

let files = 0;

/** Drops a file into the intake bucket and waits until the import is done. */
export async function drop(content: string | Uint8Array, kind = 'csv'): Promise<Import> {
  const Key = `incoming/test-${process.pid}-${Date.now()}-${files++}.${kind}`;
  await s3.send(new PutObjectCommand({ Bucket, Key, Body: content }));
  await world.idle();
  const token = await signIn('campagne');
  const { body } = await world.request({ path: '/enrolment/imports?limit=50', token });
  const listed = z.object({ imports: z.array(Import) }).parse(body).imports;
  const found = listed.find(({ file }) => file === Key);
  if (!found) throw new Error('the import is not listed');
  return found;
}

export const dropPeople = (people: readonly InsuredRow[]) =>
  drop([header, ...people.map(csv), ''].join('\n'));

/** Drops a file of updates: a JSON object a line. */
export const dropUpdates = (lines: readonly object[]) =>
  drop(lines.map((line) => `${JSON.stringify(line)}\n`).join(''), 'ndjson');

/** An object of the intake bucket, as text. */
export async function object(Key: string): Promise<string> {
  const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
  return Body?.transformToString() ?? '';
}

export async function signIn(person: string): Promise<string> {
  return (await ask(world.info.issuer, { path: `/token?person=${person}` })).text;
}

const dayMs = 86_400_000;

/** A time of day in Paris, in summer as in winter; counted from the day's end, since clocks change at its beginning. */
export function parisTime(day: string, hour: number, minute: number): string {
  const fromStart = (hour * 60 + minute) * 60_000;
  return new Date(endOfDay(day, 'Europe/Paris') + 1 - dayMs + fromStart).toISOString();
}

/** Plans a wave for tomorrow and moves to the end of its first sending. */
export async function sendWave(wave: string, departments: readonly string[]): Promise<string> {
  const sendOn = new Date(Date.parse(await world.now()) + dayMs).toISOString().slice(0, 10);
  const body = { sendOn, departments };
  const path = `/enrolment/waves/${wave}`;
  const planned = await world.request({
    method: 'PUT',
    path,
    token: await signIn('campagne'),
    body,
  });
  if (planned.status !== 200) throw new Error(planned.text);
  await world.move(parisTime(sendOn, 9, 20));
  await world.idle();
  return sendOn;
}

/** The codes that somebody was mailed, latest last. */
export async function codesOf(person: Pick<InsuredRow, 'email'>): Promise<string[]> {
  const mails = await world.mails({ to: person.email });
  return mails.flatMap(({ text }) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? []);
}

export async function codeOf(person: InsuredRow): Promise<string> {
  const code = (await codesOf(person)).at(-1);
  if (code === undefined) throw new Error('nobody mailed a code');
  return code;
}

/** Another code than this one, with a right check character. */
export function wrongCode(right: string): string {
  const other = '0000-0000-0000';
  return right === other ? '1111-1111-1111' : other;
}

export interface Objecting {
  readonly code: string;
  readonly from?: string;
  readonly key?: string;
  readonly change?: object;
}

export function oppose(person: InsuredRow, { code, from, key, change }: Objecting) {
  return world.request({
    method: 'POST',
    path: '/enrolment/oppositions',
    body: { nir: person.nir, cardSerial: person.cardSerial, code, ...change },
    ...(from ? { from } : {}),
    ...(key ? { headers: { 'idempotency-key': key, 'content-type': 'application/json' } } : {}),
  });
}

/** The journal of a département's people, by holder, in the order of each chain. */
export async function journalOf(department: string): Promise<Map<string, JournalLine[]>> {
  const chains = new Map<string, JournalLine[]>();
  const TableName = world.physical('JOURNAL_TABLE');
  for await (const { Items = [] } of paginateScan({ client: dynamo }, { TableName }))
    for (const item of Items) {
      // Other tests damage lines of their own on purpose.
      if (item.lane !== 0 || item.object?.department !== department) continue;
      const line = lineOf(item);
      chains.set(line.holder, [...(chains.get(line.holder) ?? []), line]);
    }
  for (const chain of chains.values()) chain.sort((a, b) => a.seq - b.seq);
  return chains;
}

/** Every item of the enrolment table, as its text: to look for what must not be there. */
export async function wholeTable(name: string): Promise<string> {
  const TableName = world.physical(name);
  let text = '';
  for await (const { Items } of paginateScan({ client: dynamo }, { TableName }))
    text += JSON.stringify(Items);
  return text;
}
