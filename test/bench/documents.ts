import { randomBytes } from 'node:crypto';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import { deposit } from '#test/documents/deposits.ts';
import { meterFor } from './meter.ts';
import type { Place } from './place.ts';
import { type Reader, ready } from './readers.ts';
import type { Side } from './rounds.ts';

/** What the Encryption SDK adds to a content in one frame under a branch key, about. */
const sealedMore = 600;
/** Size of what describes a document, sealed; and of a line beside its keys. */
const describedBytes = 1500;

/**
 * A deposit and a read over HTTP (gateway, worker, door, sealing) against the SDK calls that they make,
 * alone: the same calls in the same order, with as many bytes, with the function's own key, through the
 * same door.
 */
export async function documentSides(place: Place, { kib, each }: { kib: number; each: number }) {
  const { world } = place;
  const { inLanes } = await import('#shared/in-lanes.ts');
  const { newId } = await import('#shared/random.ts');
  const readers = await ready(place, each);
  const content = Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(kib * 1024 - 9)]);
  const path = '/fhir/DocumentReference';
  const headers = { 'content-type': 'application/fhir+json' };
  const token = await world.token('laboratoire');
  const bodyFor = ({ nir }: Reader) => Buffer.from(JSON.stringify(deposit(nir, {}, { content })));
  const aws = (functionId: string) => {
    const settings = {
      ...world.aws(functionId),
      requestChecksumCalculation: 'WHEN_SUPPORTED',
    } as const;
    const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(settings));
    return { dynamo, s3: new S3Client({ ...settings, forcePathStyle: true }) };
  };
  const table = (name: string) => world.physical(name);
  const get = (name: string, pk: string, sk: string) =>
    new GetCommand({ TableName: table(name), Key: { pk, sk }, ConsistentRead: true });
  const headOf = (holder: string, lane: string) =>
    new QueryCommand({
      TableName: table('JOURNAL_TABLE'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `${holder}#${lane}` },
      ...{ ScanIndexForward: false, Limit: 1 },
    });
  const line = (holder: string) => ({
    ...{ pk: `${holder}#31`, sk: newId() },
    line: 'x'.repeat(500),
  });
  const sealed = Buffer.concat([content, Buffer.alloc(sealedMore)]);
  const described = randomBytes(describedBytes);
  const depositing = aws('documents-api');
  const reading = aws('documents-stream');
  const meters = {
    deposit: meterFor(world, 'documents-api'),
    read: meterFor(world, 'documents-stream'),
  };

  async function bareDeposit({ holder, nirTag }: Reader): Promise<void> {
    const { dynamo, s3 } = depositing;
    const [document, unique] = [newId(), newId()];
    await dynamo.send(get('ENROLMENT_TABLE', `N#${nirTag}`, 'LOOKUP'));
    await dynamo.send(get('ENROLMENT_TABLE', `H#${holder}`, 'STATUS'));
    await dynamo.send(get('DOCUMENTS_TABLE', `H#${holder}`, `UID#${unique}`));
    const Key = `${holder}/${document}/1`;
    await s3.send(new PutObjectCommand({ Bucket: table('VAULT_BUCKET'), Key, Body: sealed }));
    await dynamo.send(headOf(holder, '31'));
    const ConditionExpression = 'attribute_not_exists(pk)';
    const put = (name: string, Item: Record<string, unknown>) => ({
      Put: { TableName: table(name), Item, ConditionExpression },
    });
    const own = { pk: `H#${holder}` };
    await dynamo.send(
      new TransactWriteCommand({
        TransactItems: [
          put('JOURNAL_TABLE', line(holder)),
          put('DOCUMENTS_TABLE', { ...own, sk: `BENCH#${document}`, sealed: described }),
          put('DOCUMENTS_TABLE', { ...own, sk: `UID#${unique}`, document }),
        ],
      }),
    );
  }

  async function bareRead({ holder, linkTag, document }: Reader): Promise<void> {
    const { dynamo, s3 } = reading;
    await dynamo.send(
      new GetCommand({
        TableName: table('IDENTITY_TABLE'),
        Key: { pk: `S#${linkTag}`, sk: 'LINK' },
      }),
    );
    await dynamo.send(get('ENROLMENT_TABLE', `H#${holder}`, 'STATUS'));
    await dynamo.send(get('DOCUMENTS_TABLE', `H#${holder}`, `DOC#${document}`));
    const Key = `${holder}/${document}/1`;
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: table('VAULT_BUCKET'), Key }));
    await dynamo.send(headOf(holder, '31'));
    await dynamo.send(new PutCommand({ TableName: table('JOURNAL_TABLE'), Item: line(holder) }));
    await Body?.transformToByteArray();
  }

  const file = async (reader: Reader, body: Buffer): Promise<string> => {
    const answer = await world.request({ method: 'POST', path, token, headers, body });
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return (
      /^\/fhir\/DocumentReference\/(\w+)$/.exec(answer.headers.location ?? '')?.[1] ??
      reader.document
    );
  };
  for (const reader of readers) reader.document = await file(reader, bodyFor(reader));

  const side =
    (what: keyof typeof meters, name: string, act: (lanes: number) => Promise<void>) =>
    (lanes: number): Side =>
    () =>
      meters[what].timed(`${name}, ${lanes} at once`, readers.length, () => act(lanes));
  return {
    meters,
    deposit: {
      ours:
        (lanes: number): Side =>
        async () => {
          const built = readers.map((reader) => ({ reader, body: bodyFor(reader) }));
          return meters.deposit.timed(`deposit over HTTP, ${lanes} at once`, readers.length, () =>
            inLanes(built, lanes, async ({ reader, body }) => {
              await file(reader, body);
            }),
          );
        },
      bare: side('deposit', 'bare deposit', (lanes) => inLanes(readers, lanes, bareDeposit)),
    },
    read: {
      ours: side('read', 'read over HTTP', (lanes) =>
        inLanes(readers, lanes, async ({ token: own, document }) => {
          const answer = await world.request({ path: `/fhir/Binary/${document}`, token: own });
          if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
        }),
      ),
      bare: side('read', 'bare read', (lanes) => inLanes(readers, lanes, bareRead)),
    },
  };
}
