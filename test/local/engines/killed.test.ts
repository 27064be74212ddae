import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, onTestFinished, test } from 'vitest';
import * as z from 'zod';
import { createMail } from '#infra/local/engines/mail/engine.ts';
import { clientOf, place, temporaryFolder } from './support.ts';

const Urls = z.object({ s3: z.string(), sqs: z.string(), queue: z.string(), mail: z.string() });
const script = fileURLToPath(new URL('./alone.ts', import.meta.url));

async function line(child: ChildProcessWithoutNullStreams): Promise<string> {
  const [text] = await once(child.stdout, 'data');
  return String(text);
}

async function start(folder: string) {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', script, folder]);
  onTestFinished(() => void child.kill('SIGKILL'));
  child.stderr.pipe(process.stderr);
  const urls = Urls.parse(JSON.parse(await line(child)));
  return {
    child,
    urls,
    s3: new S3Client(clientOf(urls.s3)),
    sqs: new SQSClient(clientOf(urls.sqs)),
    mail: new SESv2Client(clientOf(urls.mail)),
    peakBytes: async () => {
      child.stdin.write('?');
      return Number(await line(child));
    },
  };
}

const mailOf = (n: number) =>
  new SendEmailCommand({
    FromEmailAddress: 'a@exemple.invalid',
    Destination: { ToAddresses: [`p${n}@exemple.invalid`] },
    Content: { Simple: { Subject: { Data: `${n}` }, Body: { Text: { Data: 'x' } } } },
  });

test('what S3, SQS and SES acknowledged before a kill -9 under load is all there after', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  const kept = { objects: [] as number[], messages: [] as number[], mails: [] as number[] };
  const load = async (one: (n: number) => Promise<unknown>, told: number[], from: number) => {
    for (let n = from; ; n += 4) {
      await one(n);
      told.push(n);
      if (kept.objects.length > 60 && kept.messages.length > 60 && kept.mails.length > 60) {
        first.child.kill('SIGKILL');
      }
    }
  };
  const put = (n: number) =>
    first.s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: `k${n}`, Body: `body ${n}` }));
  const send = (n: number) =>
    first.sqs.send(new SendMessageCommand({ QueueUrl: first.urls.queue, MessageBody: `${n}` }));
  const writers = [0, 1, 2, 3].flatMap((n) => [
    load(put, kept.objects, n),
    load(send, kept.messages, n),
    load((k) => first.mail.send(mailOf(k)), kept.mails, n),
  ]);
  await Promise.allSettled(writers);

  const second = await start(folder);
  for (const n of kept.objects) {
    const { Body } = await second.s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: `k${n}` }));
    expect(await Body?.transformToString()).toBe(`body ${n}`);
  }
  const found = new Set<number>();
  for (let empty = false; !empty; ) {
    const asked = new ReceiveMessageCommand({
      QueueUrl: second.urls.queue,
      MaxNumberOfMessages: 10,
    });
    const { Messages = [] } = await second.sqs.send(asked);
    empty = Messages.length === 0;
    for (const { Body, ReceiptHandle } of Messages) {
      found.add(Number(Body));
      await second.sqs.send(
        new DeleteMessageCommand({ QueueUrl: second.urls.queue, ReceiptHandle }),
      );
    }
  }
  expect(kept.messages.filter((n) => !found.has(n))).toEqual([]);
  second.child.kill('SIGKILL');
  await once(second.child, 'close');
  const mail = createMail({ ...place, folder: `${folder}/mail`, now: Date.now });
  const subjects = new Set(mail.list({}).map(({ subject }) => Number(subject)));
  expect(kept.mails.filter((n) => !subjects.has(n))).toEqual([]);
  await mail.close();
});

test('300 MB go up and come down with flat memory', async () => {
  const { s3, peakBytes } = await start(temporaryFolder());
  const size = 300 << 20;
  const warm = { Bucket: 'bucket', Key: 'warm', Body: Buffer.alloc(1 << 20) };
  await s3.send(new PutObjectCommand(warm));
  const before = await peakBytes();
  const piece = Buffer.alloc(1 << 20, 'x');
  async function* pieces() {
    for (let n = 0; n < 300; n++) yield piece;
  }
  const startedUp = performance.now();
  const Body = Readable.from(pieces(), { objectMode: false });
  await s3.send(new PutObjectCommand({ Bucket: 'bucket', Key: 'big', Body, ContentLength: size }));
  const up = performance.now() - startedUp;
  const startedDown = performance.now();
  const { Body: back } = await s3.send(new GetObjectCommand({ Bucket: 'bucket', Key: 'big' }));
  let got = 0;
  if (!(back instanceof Readable)) throw new Error('no stream');
  for await (const chunk of back) got += Buffer.byteLength(chunk);
  const down = performance.now() - startedDown;
  expect(got).toBe(size);
  const grown = (await peakBytes()) - before;
  console.log(
    `300 MiB sealed: up ${Math.round(up)} ms, down ${Math.round(down)} ms, +${Math.round(grown / 1048576)} MiB`,
  );
  expect(grown).toBeLessThan(size / 2);
}, 300_000);
