import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { becomeFunction } from '#test/support/room-environment.ts';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';

/** A world of the bench's own, and what both sides of a comparison share. */
export interface Place {
  readonly world: OwnWorld;
  /** With all rights: for making people. */
  readonly operator: DynamoDBDocumentClient;
}

const readers = ['journal-relay', 'statistics-stream'];

/**
 * Starts a world in memory, at real now, and takes the keys of a function in this process. The readers
 * of the journal's stream are held at the door: in the cloud they share no processor with what is measured.
 */
export async function startPlace(functionId: string): Promise<Place> {
  const world = await startOwnWorld();
  for (const caller of readers)
    await world.control('POST', '/faults', {
      ...{ caller, action: 'dynamodb:GetRecords', kind: 'delay' },
      ...{ delayMs: 60_000, times: 1_000_000 },
    });
  becomeFunction(world, functionId);
  const client = new DynamoDBClient(world.aws());
  return { world, operator: DynamoDBDocumentClient.from(client) };
}

/** Calls of one function since the last `clearCounts`, by operation. */
export async function callsOf(world: OwnWorld, id: string): Promise<Record<string, number>> {
  const counts = (await world.counts()).filter((one) => one.function === id);
  const calls = counts
    .filter(({ action }) => !action.startsWith('sqs:'))
    .map(({ action, calls }) => [action.replace('dynamodb:', ''), calls] as const);
  return Object.fromEntries(calls.toSorted(([left], [right]) => left.localeCompare(right)));
}
