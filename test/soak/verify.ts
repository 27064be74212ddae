import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { GetObjectCommand } from '@aws-sdk/client-s3';
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { Import } from '#functions/enrolment/schema.ts';
import { readTables } from '#infra/local/recount/read-tables.ts';
import type { TestWorld } from '#test/support/world.ts';
import { type Acknowledged, addressOf, pairKey } from './acknowledged.ts';
import { type Clients, clientsOf } from './clients.ts';
import { object } from './load.ts';

const Imports = z.object({ imports: z.array(Import), next: z.string().optional() });
const Line = z.looseObject({
  id: z.string(),
  object: z.looseObject({ id: z.string().optional() }),
});

const missing = (what: string, wanted: Iterable<string>, found: ReadonlySet<string>) => {
  const lost = [...wanted].filter((one) => !found.has(one));
  return lost.length === 0 ? [] : [`${lost.length} ${what} lost: ${lost.slice(0, 5).join(', ')}`];
};

/** Everything acknowledged in a round, and the pairs, waves and objections of all rounds, looked for; tells what is wrong. */
export async function faultsOf(
  world: TestWorld,
  rounds: readonly Acknowledged[],
  folder: string,
): Promise<string[]> {
  // What was in hand when the process was killed is hidden for an hour.
  await world.move('+2h');
  await world.idle();
  const clients = await clientsOf(world);
  const latest = rounds.at(-1);
  if (latest === undefined) return [];
  const told = await Promise.all([
    tableFaults(clients, rounds),
    objectFaults(clients, latest),
    messageFaults(clients, latest),
    mailFaults(clients, latest),
    fileFaults(clients, latest),
    answerFaults(clients, latest),
  ]);
  return [...told.flat(), ...recountFaults(folder)];
}

async function tableFaults({ world }: Clients, rounds: readonly Acknowledged[]) {
  const names = ['ENROLMENT_TABLE', 'JOURNAL_TABLE'];
  const [enrolment = [], journal = []] = await readTables(world.info, names);
  const halves = Map.groupBy(
    enrolment.filter(({ pk }) => pk.startsWith('SOAK#')),
    ({ pk }) => pk,
  );
  const torn = [...halves].filter(([, found]) => found.length !== 2).map(([pk]) => pk);
  const lines = journal.map((item) => Line.parse(item));
  const waves = new Set(lines.flatMap((line) => line.object.id ?? []));
  const ids = new Set(lines.map(({ id }) => id));
  const all = <T>(of: (one: Acknowledged) => readonly T[]) => rounds.flatMap(of);
  return [
    ...(torn.length === 0 ? [] : [`${torn.length} transactions torn: ${torn.slice(0, 5)}`]),
    ...missing(
      'transactions',
      all(({ pairs }) => pairs.map(pairKey)),
      new Set(halves.keys()),
    ),
    ...missing(
      'waves',
      all((one) => one.waves),
      waves,
    ),
    ...missing(
      'objections',
      all((one) => one.objections.map(({ reference }) => reference)),
      ids,
    ),
  ];
}

async function objectFaults({ s3, bucket: Bucket }: Clients, { objects }: Acknowledged) {
  const found = new Set<string>();
  for (const [Key, body] of objects) {
    const got = await s3.send(new GetObjectCommand({ Bucket, Key })).catch(() => undefined);
    if ((await got?.Body?.transformToString()) === body) found.add(Key);
  }
  return missing('objects', objects.keys(), found);
}

async function messageFaults({ sqs, queueUrl: QueueUrl }: Clients, { messages }: Acknowledged) {
  const found = new Set<string>();
  for (;;) {
    const asked = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 });
    const { Messages = [] } = await sqs.send(asked);
    if (Messages.length === 0) return missing('messages', messages, found);
    for (const { Body = '' } of Messages) found.add(Body);
    const Entries = Messages.map(({ ReceiptHandle }, n) => ({ Id: `${n}`, ReceiptHandle }));
    await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
  }
}

async function mailFaults({ world }: Clients, { round, mails }: Acknowledged) {
  const got = await world.control('GET', `/mail.json?limit=100000&to=${addressOf(round)}`);
  const subjects = z.array(z.looseObject({ subject: z.string() })).parse(got);
  return missing('mails', mails, new Set(subjects.map(({ subject }) => subject)));
}

async function fileFaults({ world, agent: token }: Clients, { files }: Acknowledged) {
  const done = new Set<string>();
  for (let path = '/enrolment/imports?limit=50'; ; ) {
    const { body } = await world.request({ path, token });
    const { imports, next } = Imports.parse(body);
    for (const one of imports)
      if (one.state === 'done' && one.imported === files.get(one.file)) done.add(one.file);
    if (next === undefined) return missing('imports', files.keys(), done);
    path = `/enrolment/imports?limit=50&cursor=${next}`;
  }
}

async function answerFaults(clients: Clients, { objections }: Acknowledged) {
  const same = new Set<string>();
  for (const one of objections) {
    const { status, text } = await object(clients, one);
    if (status === 201 && text === one.answer) same.add(one.key);
  }
  return missing(
    'answers under their key',
    objections.map(({ key }) => key),
    same,
  );
}

/** Chains verified and everything counted again, by the command that people use. */
function recountFaults(folder: string): string[] {
  const args = ['infra/local/recount/run.ts', '--folder', folder];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  return status === 0 ? [] : [`recount: ${`${stdout}${stderr}`.slice(-600)}`];
}
