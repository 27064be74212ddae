import { createKms } from '#infra/local/engines/kms/engine.ts';
import { createMail } from '#infra/local/engines/mail/engine.ts';
import { createS3 } from '#infra/local/engines/s3/engine.ts';
import { serveEngine } from '#infra/local/engines/serve.ts';
import { createSqs } from '#infra/local/engines/sqs/engine.ts';
import { operator, place } from './operator.ts';

/**
 * One process with S3 (under a KMS key), SQS and mail on a folder, for tests that kill it or measure
 * it: `node alone.ts <folder>`. Prints its URLs as one line of JSON; answers peak memory on stdin.
 */
const folderOf = (name: string) => `${process.argv[2]}/${name}`;
const options = (name: string) => ({ ...place, folder: folderOf(name), now: Date.now });
const kms = createKms(options('kms'));
const kmsKeyArn = kms.createKey({ id: '44444444-4444-4444-8444-444444444444' });
const secretOf = () => operator.secretAccessKey;
const s3 = await serveEngine(() =>
  createS3({ ...options('s3'), secretOf, dataKeys: kms.dataKeys }),
);
s3.engine.createBucket({ name: 'bucket', versioned: true, kmsKeyArn });
const sqs = await serveEngine((url) => createSqs({ ...options('sqs'), endpoint: () => url }));
const queue = sqs.engine.createQueue({ name: 'queue', visibilityTimeoutSeconds: 0 });
const mail = await serveEngine(() => createMail(options('mail')));
process.stdout.write(
  `${JSON.stringify({ s3: s3.url, queue: queue.url, sqs: sqs.url, mail: mail.url })}\n`,
);
process.stdin.on('data', () => process.stdout.write(`${process.resourceUsage().maxRSS * 1024}\n`));
process.stdin.on('end', () => process.exit());
