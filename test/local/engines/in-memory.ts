import process from 'node:process';
import { createDynamoDb } from '#infra/local/engines/dynamodb/engine.ts';
import { scratchFolder } from '#infra/local/engines/scratch.ts';
import { place } from './operator.ts';

/** One process with DynamoDB Local and a scratch folder in memory, to be killed: prints both as one line of JSON. */
const { pid } = await createDynamoDb({ ...place, folder: undefined, now: Date.now });
process.stdout.write(`${JSON.stringify({ pid, scratch: scratchFolder() })}\n`);
process.stdin.resume();
