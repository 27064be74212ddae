import { generateKeySync, type KeyObject } from 'node:crypto';
import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { isConditionFailed } from '../aws/faults.ts';
import { newSecret, unwrapSecret } from '../sealing/secrets.ts';
import { TableName } from './table.ts';

/** The secrets over what is known of people: for fingerprints (of NIR, card …) and for hashing codes. */
type Purpose = 'lookup' | 'pepper';
const version = '1';

const Wrapped = z.object({ wrapped: z.instanceof(Uint8Array) });
const keyOf = (purpose: Purpose) => ({ pk: `SECRET#${purpose}`, sk: version });
const contextOf = (purpose: Purpose) => ({ purpose: `enrolment-${purpose}`, version });

const kept = new Map<Purpose, KeyObject>();

/** A secret, unwrapped once for each environment; undefined until the first import made it. */
export async function secret(purpose: Purpose): Promise<KeyObject | undefined> {
  const found = kept.get(purpose);
  if (found) return found;
  const get = new GetCommand({ TableName, Key: keyOf(purpose), ConsistentRead: true });
  const { Item } = await dynamo.send(get);
  if (!Item) return undefined;
  const key = await unwrapSecret(Wrapped.parse(Item).wrapped, contextOf(purpose));
  kept.set(purpose, key);
  return key;
}

// Before the first import there are no secrets and nobody is known; attempts still cost the same.
const nobodyKnown = generateKeySync('hmac', { length: 256 });

/** A secret, or one of this environment alone as long as nobody is known: it matches nothing. */
export async function secretOrNobodys(purpose: Purpose): Promise<KeyObject> {
  return (await secret(purpose)) ?? nobodyKnown;
}

/** A secret that must be there: people exist only after the import made it. */
export async function theSecret(purpose: Purpose): Promise<KeyObject> {
  const found = await secret(purpose);
  if (!found) throw new Error(`no ${purpose} secret was ever made`);
  return found;
}

/** A secret, made when there is none; of two makers one wins and both use his. */
export async function secretMade(purpose: Purpose): Promise<KeyObject> {
  const found = await secret(purpose);
  if (found) return found;
  const { wrapped } = await newSecret(contextOf(purpose));
  const put = new PutCommand({
    TableName,
    Item: { ...keyOf(purpose), wrapped },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  await dynamo.send(put).catch((error: unknown) => {
    if (!isConditionFailed(error)) throw error;
  });
  return theSecret(purpose);
}
