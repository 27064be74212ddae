import { SendMessageCommand } from '@aws-sdk/client-sqs';
import * as z from 'zod';
import { sqs } from '#shared/aws/sqs.ts';
import { fromQueue } from '#shared/entry/queue.ts';
import { env } from '#shared/env.ts';
import { log } from '#shared/log.ts';
import { beginImport, importFile } from './import-file.ts';

const { INTAKE_QUEUE: QueueUrl } = env({ INTAKE_QUEUE: z.string().min(1) });

const Message = z.union([
  /** Ours: an import to go on with. */
  z.strictObject({ import: z.string() }),
  /** EventBridge's: an object was created. */
  z.object({
    detail: z.object({
      object: z.object({
        key: z.string(),
        size: z.int(),
        etag: z.string(),
        'version-id': z.string().optional(),
      }),
    }),
  }),
]);

/** Time kept for settling a window and handing the rest over. */
const reserveMs = 60_000;

export const handler = fromQueue(Message, async (message, context) => {
  const now = Date.now();
  const id = 'import' in message ? message.import : await beginImport(announced(message), now);
  const hasTime = () => context.getRemainingTimeInMillis() > reserveMs;
  const answer = await importFile({ id, now, hasTime });
  if (answer === 'more') {
    const MessageBody = JSON.stringify({ import: id });
    await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
  }
  log(answer === 'refused' ? 'warn' : 'info', { event: 'import', job: 'intake', code: answer });
});

function announced({ detail: { object } }: Exclude<z.infer<typeof Message>, { import: string }>) {
  const etag = object.etag.replaceAll('"', '');
  return { file: object.key, etag, sizeBytes: object.size, version: object['version-id'] ?? etag };
}
