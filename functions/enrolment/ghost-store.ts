import { hash, randomBytes } from 'node:crypto';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import { genesis } from '#shared/journal/line.ts';
import { newId } from '#shared/random.ts';
import { itemAt } from '#shared/record/table.ts';
import { Status } from './stored.ts';
import { Code, type CodeHash } from './stored-code.ts';
import { TableName } from './table.ts';

/** Nobody's code is ever hashed: the shape is what counts. */
const params: CodeHash = { memoryKiB: 1024, passes: 1, parallelism: 1 };

/** So many that no partition of theirs is read more often than the table bears. */
const ghosts = 64;
const ghostOf = (tag: string): number => (hash('sha256', tag, 'buffer')[0] ?? 0) % ghosts;
const keyOf = (ghost: number, sk: 'WHOLE' | 'CODED') => ({ pk: `GHOST#${ghost}`, sk });

/**
 * Reads what stands for nobody: items of the size and shape of an invited person's, which no list and no index
 * holds. What is missing is found sooner, and parsed sooner, than what is there: a tenth of the answer's time.
 */
export async function readGhost(tag: string): Promise<void> {
  await Promise.all([
    itemAt(keyOf(ghostOf(tag), 'WHOLE')).then((item) => Status.optional().parse(item)),
    itemAt(keyOf(ghostOf(tag), 'CODED')).then((item) => Code.optional().parse(item)),
  ]);
}

/** Some of them, one after another: where several are looked at at once, and fewer are there. */
export const ghostPairs = (tag: string, many: number) =>
  Array.from({ length: many }, (_, at) => {
    const ghost = (ghostOf(tag) + at) % ghosts;
    return { status: keyOf(ghost, 'WHOLE'), code: keyOf(ghost, 'CODED') };
  });

let made: Promise<void> | undefined;

/** Makes them where there are none; looked at once an environment, by the import, without which nobody is known. */
export function makeGhosts(): Promise<void> {
  made ??= make().catch((error: unknown) => {
    made = undefined;
    throw error;
  });
  return made;
}

async function make(): Promise<void> {
  // The last one is written last.
  if (await itemAt(keyOf(ghosts - 1, 'CODED'))) return;
  for (const Item of ghostItems()) await dynamo.send(new PutCommand({ TableName, Item }));
}

/** All of them, as they are stored. */
export function ghostItems(): Record<string, unknown>[] {
  return Array.from({ length: ghosts }, (_, ghost) => [
    { ...keyOf(ghost, 'WHOLE'), ...ghostStatus() },
    { ...keyOf(ghost, 'CODED'), ...ghostCode() },
  ]).flat();
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
