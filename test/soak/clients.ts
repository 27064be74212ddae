import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { S3Client } from '@aws-sdk/client-s3';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { ask } from '#test/support/request.ts';
import type { TestWorld } from '#test/support/world.ts';

const Functions = z.array(z.looseObject({ id: z.string(), deadLetterArn: z.string() }));

/** The operator's clients of a world, without second tries: what is acknowledged is acknowledged once. */
export async function clientsOf(world: TestWorld) {
  // Signatures carry world time.
  const systemClockOffset = Date.parse(await world.now()) - Date.now();
  const settings = { ...world.aws(), maxAttempts: 1, systemClockOffset };
  const [first] = Functions.parse(await world.control('GET', '/functions'));
  const [account, name] = (first?.deadLetterArn ?? '').split(':').slice(-2);
  return {
    world,
    database: DynamoDBDocumentClient.from(new DynamoDBClient(settings)),
    s3: new S3Client({ ...settings, forcePathStyle: true }),
    sqs: new SQSClient(settings),
    mail: new SESv2Client(settings),
    table: world.physical('ENROLMENT_TABLE'),
    bucket: world.physical('INTAKE_BUCKET'),
    /** A queue that no function reads. */
    queueUrl: `${world.info.door}/${account}/${name}`,
    agent: (await ask(world.info.issuer, { path: '/token?person=campagne' })).text,
  };
}
export type Clients = Awaited<ReturnType<typeof clientsOf>>;
