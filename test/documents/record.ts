import '#test/notices/in-process.ts';
/**
 * Imported before the room's modules, for its effect: gives this process the environment of the room's
 * function with the operator's key. Makes records that stand as activation would leave them.
 */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { personBy } from '#infra/local/engines/issuer/people.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { linkWrite } from '#shared/record/link.ts';
import { plant } from '#test/enrolment/races/plant.ts';
import { standsAs } from '#test/notices/holders.ts';
import { world } from '#test/notices/in-process.ts';

export { world };

/** Where no wave of another test goes. */
const department = '94';

export interface Titled {
  readonly holder: string;
  readonly nir: string;
}

/**
 * Somebody whose record stands as told; linked to the account of a ready citizen when one is named (from
 * then on that account opens this record and no other).
 */
export async function record(
  told: { readonly status?: StatusWord; readonly citizen?: string } = {},
): Promise<Titled> {
  const { status = 'activated', citizen } = told;
  const [one] = await plant(1, { department });
  if (!one) throw new Error('nobody');
  const { holder, nir } = one;
  const tag = await standsAs(holder, { status, linkedTo: personBy(citizen)?.subject });
  if (!tag) return { holder, nir };
  const { TableName, Item } = linkWrite(tag, { holder, linkedAt: await world.now() }).Put;
  await dynamo.send(new PutCommand({ TableName, Item }));
  return { holder, nir };
}
