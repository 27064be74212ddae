/**
 * Imported before the room's modules, for its effect: gives this process the environment of the room's
 * function with the operator's key. Makes records that stand as activation would leave them.
 */
import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { personBy } from '#infra/local/engines/issuer/people.ts';
import { genesis } from '#shared/journal/line.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { someone } from '#test/enrolment/someone.ts';
import { attachWorld } from '#test/support/world.ts';

export const world = attachWorld(inject('world'));

for (const { environment } of world.info.functions) Object.assign(process.env, environment);
const { endpoint, region, credentials } = world.aws();
Object.assign(process.env, {
  AWS_ENDPOINT_URL: endpoint,
  AWS_REGION: region,
  AWS_ACCESS_KEY_ID: credentials.accessKeyId,
  AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
});
delete process.env.AWS_SESSION_TOKEN;

const { secretMade } = await import('#shared/record/secrets.ts');
const { linkTag, nirTag } = await import('#shared/record/tags.ts');
const { newId } = await import('#shared/random.ts');
const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));

export interface Titled {
  readonly holder: string;
  readonly nir: string;
}

async function put(table: string, Item: Record<string, unknown>): Promise<void> {
  await dynamo.send(new PutCommand({ TableName: world.physical(table), Item }));
}

/**
 * Somebody whose record stands as told; linked to the account of a ready citizen when one is named (from
 * then on that account opens this record and no other).
 */
export async function record(
  told: { readonly status?: StatusWord; readonly citizen?: string } = {},
): Promise<Titled> {
  const { status = 'activated', citizen } = told;
  const key = await secretMade('lookup');
  const { nir } = someone('12');
  const holder = newId();
  const tag = citizen && linkTag(key, 'holder', personBy(citizen)?.subject ?? '');
  await put('ENROLMENT_TABLE', {
    pk: `N#${nirTag(key, nir)}`,
    sk: 'LOOKUP',
    holder,
    rowTag: 'test',
  });
  await put('ENROLMENT_TABLE', {
    pk: `H#${holder}`,
    sk: 'STATUS',
    holder,
    status,
    department: '12',
    ...{ headSeq: genesis.seq, headHash: genesis.hash },
    ...(tag ? { linkTag: tag } : {}),
  });
  if (tag)
    await put('IDENTITY_TABLE', {
      pk: `S#${tag}`,
      sk: 'LINK',
      holder,
      linkedAt: await world.now(),
    });
  return { holder, nir };
}
