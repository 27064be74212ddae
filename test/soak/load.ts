import { PutObjectCommand } from '@aws-sdk/client-s3';
import { SendEmailCommand } from '@aws-sdk/client-sesv2';
import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { departments } from '#shared/kernel/departments.ts';
import { someone } from '#test/enrolment/someone.ts';
import { type Acknowledged, addressOf, type Invited, pairKey } from './acknowledged.ts';
import type { Clients } from './clients.ts';
import { department as cohortDepartment, fileOf } from './cohort.ts';

const Opposed = z.object({ reference: z.string() });

/** One write of each kind, named; it is noted only once the world acknowledged it. */
function writesOf(clients: Clients, kept: Acknowledged, left: Invited[]) {
  const { world, database, s3, sqs, mail, table, bucket, queueUrl, agent } = clients;
  const free = departments.filter((one) => one !== cohortDepartment);
  let planned = 0;
  return {
    async pair(name: string) {
      const halves = ['A', 'B'].map((sk) => ({
        Put: { TableName: table, Item: { pk: pairKey(name), sk, mark: `${name} ${sk}` } },
      }));
      await database.send(new TransactWriteCommand({ TransactItems: halves }));
      kept.pairs.push(name);
    },
    async object(name: string) {
      const [Key, Body] = [`soak/${name}`, `body of ${name}`];
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
      kept.objects.set(Key, Body);
    },
    async message(name: string) {
      await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: `soak ${name}` }));
      kept.messages.push(`soak ${name}`);
    },
    async mail(name: string) {
      await mail.send(
        new SendEmailCommand({
          FromEmailAddress: world.physical('MAIL_FROM'),
          Destination: { ToAddresses: [addressOf(kept.round)] },
          Content: { Simple: { Subject: { Data: name }, Body: { Text: { Data: 'x' } } } },
        }),
      );
      kept.mails.push(name);
    },
    async wave(name: string) {
      const wave = `soak-${name}`;
      // A département stands in one wave at a time, unless that was completed.
      const department = free[planned++ % free.length];
      const body = { sendOn: '2030-02-01', departments: [department] };
      const path = `/enrolment/waves/${wave}`;
      const { status } = await world.request({ method: 'PUT', path, token: agent, body });
      if (status === 200) kept.waves.push(wave);
    },
    async objection(key: string) {
      const one = left.pop();
      if (one === undefined) return;
      const { status, text } = await object(clients, { ...one, key });
      if (status !== 201) return;
      const { reference } = Opposed.parse(JSON.parse(text));
      kept.objections.push({ ...one, key, answer: text, reference });
    },
    async file(name: string) {
      const people = Array.from({ length: 12 }, () => someone('2B'));
      const Key = `incoming/soak-${name}.csv`;
      await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: fileOf(people) }));
      kept.files.set(Key, people.length);
    },
  };
}

/** Objects as the form does, with a key under which the same click is known again. */
export function object(
  { world }: Pick<Clients, 'world'>,
  { person, code, key }: Invited & { key: string },
) {
  return world.request({
    method: 'POST',
    path: '/enrolment/oppositions',
    body: { nir: person.nir, cardSerial: person.cardSerial, code },
    headers: { 'idempotency-key': key, 'content-type': 'application/json' },
  });
}

type Kind = keyof ReturnType<typeof writesOf>;
/** How often each kind comes in a hundred. */
const shares: readonly (readonly [Kind, number])[] = [
  ['pair', 50],
  ['object', 17],
  ['message', 15],
  ['mail', 12],
  ['wave', 3],
  ['objection', 2],
  ['file', 1],
];

function kindAt(share: number): Kind {
  let sum = 0;
  for (const [kind, part] of shares) {
    sum += part;
    if (share * 100 < sum) return kind;
  }
  return 'pair';
}

export interface LoadSettings {
  readonly clients: Clients;
  readonly kept: Acknowledged;
  readonly left: Invited[];
  readonly random: () => number;
  readonly lanes: number;
}

/** Writes in several lanes at once, each until its first failure after `stop` was called. */
export function startLoad({ clients, kept, left, random, lanes }: LoadSettings) {
  const writes = writesOf(clients, kept, left);
  let stopping = false;
  let number = 0;
  const lane = async () => {
    while (!stopping) {
      number += 1;
      const name = `${kept.round}-${number}`;
      // What fails was not acknowledged, so nothing is promised about it.
      await writes[kindAt(random())](name).catch(() => undefined);
    }
  };
  const ended = Promise.all(Array.from({ length: lanes }, lane));
  return {
    async stop() {
      stopping = true;
      await ended;
    },
  };
}
