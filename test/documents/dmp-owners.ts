import './record.ts';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { settleDmp } from '#functions/documents/settle-dmp.ts';
import { personBy } from '#infra/local/engines/issuer/people.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { linkWrite } from '#shared/record/link.ts';
import { standsAs } from '#test/notices/holders.ts';
import { become, someoneWho } from './becoming.ts';
import { handsOver, now } from './dmp.ts';
import { manifestOf, packed } from './packages.ts';
import { world } from './record.ts';

/** Does what the world does on a fact. */
export const settles = (holder: string) => settleDmp(holder, () => now);

/** Somebody invited, and a package with three documents of his, one of which was replaced. */
export async function waiting() {
  const { holder, nir } = await someoneWho('invited');
  const documents = [
    packed(nir, '1'),
    packed(nir, '2'),
    packed(nir, '3', { status: 'superseded' }),
  ];
  const manifest = manifestOf(nir, documents);
  const at = await handsOver(manifest, documents);
  return { holder, nir, documents, manifest, at };
}

/** The record of somebody whose account is ready at home. */
export async function belongsTo(holder: string, citizen: string): Promise<string> {
  const subject = personBy(citizen)?.subject ?? '';
  await become(holder, 'activated');
  const tag = await standsAs(holder, { status: 'activated', linkedTo: subject });
  // From now on that account opens this record, and none that another test gave it.
  const { TableName, Item } = linkWrite(tag ?? '', { holder, linkedAt: await world.now() }).Put;
  await dynamo.send(new PutCommand({ TableName, Item }));
  return subject;
}
