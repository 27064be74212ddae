import { GetCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '../aws/dynamo.ts';
import { env } from '../env.ts';

/** Where people stand: the enrolment room writes it, others read what is exported in this folder. */
export const { ENROLMENT_TABLE: TableName } = env({ ENROLMENT_TABLE: z.string().min(1) });

/** What several rooms must find of a person. */
export const holderPk = (holder: string): string => `H#${holder}`;
export const statusKey = (holder: string) => ({ pk: holderPk(holder), sk: 'STATUS' });
export const personKey = (holder: string) => ({ pk: holderPk(holder), sk: 'PERSON' });
export const lookupKey = (nirTag: string) => ({ pk: `N#${nirTag}`, sk: 'LOOKUP' });
/** Of a child: found by his guardian's NIR and his birth date. */
export const childKey = (childTag: string) => ({ pk: `N#${childTag}`, sk: 'CHILD' });

/** An item by its key, as it stands at this moment. */
export async function itemAt(Key: { pk: string; sk: string }): Promise<unknown> {
  const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
  return Item;
}
