import { hash, randomBytes } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { isConditionFailed } from '#shared/aws/faults.ts';
import { env, json } from '#shared/env.ts';
import { genesis } from '#shared/journal/line.ts';
import { newId } from '#shared/random.ts';
import { itemAt } from '#shared/record/table.ts';
import { Status } from './stored.ts';
import { Code, CodeHash } from './stored-code.ts';
import { TableName } from './table.ts';

const { CODE_HASH: params } = env({ CODE_HASH: json(CodeHash) });

/** So many that no partition of theirs is read more often than the table bears. */
const ghosts = 64;
const keyOf = (tag: string, sk: 'STATUS' | 'CODE') => {
  const [byte = 0] = hash('sha256', tag, 'buffer');
  return { pk: `GHOST#${byte % ghosts}`, sk };
};

/**
 * Reads what stands for nobody: items of the size and shape of an invited person's, which no list and no index
 * holds. What is missing is found sooner, and parsed sooner, than what is there: a tenth of the answer's time.
 */
export async function readGhost(tag: string): Promise<void> {
  const [status, code] = await Promise.all([
    itemAt(keyOf(tag, 'STATUS')).then((item) => Status.optional().parse(item)),
    itemAt(keyOf(tag, 'CODE')).then((item) => Code.optional().parse(item)),
  ]);
  // Once for each, in the life of an environment's table.
  if (!status) await put({ ...keyOf(tag, 'STATUS'), ...ghostStatus() });
  if (!code) await put({ ...keyOf(tag, 'CODE'), ...ghostCode() });
}

async function put(Item: Record<string, unknown>): Promise<void> {
  const ConditionExpression = 'attribute_not_exists(pk)';
  await dynamo
    .send(new PutCommand({ TableName, Item, ConditionExpression }))
    .catch((error: unknown) => {
      if (!isConditionFailed(error)) throw error;
    });
}

const long = '2000-01-01T00:00:00.000Z';
const tag = (): string => randomBytes(32).toString('base64url');

function ghostStatus(): Status {
  return {
    ...{ status: 'invited', holder: newId(), version: 2, department: '75', wave: 'none' },
    ...{ headSeq: 2, headHash: genesis.hash, informBy: 'mail', cohort: '1980' },
    ...{ cardTag: tag(), birthTag: tag(), informedAt: long, deadlineAt: long },
  };
}

function ghostCode(): Code {
  const sent = { generation: 1, failures: 0, sentAt: long, validUntil: long };
  const current = { salt: randomBytes(16), hash: randomBytes(32), params, ...sent };
  return { holder: newId(), revision: 2, current };
}
