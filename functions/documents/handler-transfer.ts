import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { theJudge } from './judge.ts';
import { takeInDmp } from './take-in-dmp.ts';
import { announced } from './transfer-name.ts';

const { TRANSFER_QUEUE: QueueUrl } = env({ TRANSFER_QUEUE: z.string().min(1) });

const Message = z.union([
  /** Ours: a package to go on with. */
  z.strictObject({ manifest: z.string(), version: z.string(), etag: z.string() }),
  /** EventBridge's: a manifest was created. */
  z.object({
    detail: z.object({
      object: z.object({ key: z.string(), etag: z.string(), 'version-id': z.string() }),
    }),
  }),
]);

/** Time kept for the largest document and the comparison of all. */
const reserveMs = 180_000;

export const handler = fromQueue(Message, async (message, context) => {
  const told = 'manifest' in message ? message : named(message);
  const given = announced(told);
  if (!given) return log('warn', { event: 'transfer', job: 'transfer', code: 'no-manifest' });
  const answer = await takeInDmp(given, {
    clock: () => Date.now(),
    hasTime: () => context.getRemainingTimeInMillis() > reserveMs,
    judge: theJudge,
  });
  if (answer === 'more')
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify(told) }));
  log(answer === 'refused' ? 'warn' : 'info', { event: 'transfer', job: 'transfer', code: answer });
});

function named({ detail: { object } }: Exclude<z.infer<typeof Message>, { manifest: string }>) {
  const { key: manifest, 'version-id': version } = object;
  return { manifest, version, etag: object.etag.replaceAll('"', '') };
}
