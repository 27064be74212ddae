import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { pause } from '../pause.ts';
import { dynamo } from './dynamo.ts';
import { isPassing, isRivalled } from './faults.ts';

/** The parts of a transaction. */
export type Actions = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** Writes all or nothing. The SDK gives it a token, so a repeat after a lost answer has one effect. */
export async function transact(actions: Actions): Promise<void> {
  await dynamo.send(new TransactWriteCommand({ TransactItems: actions }));
}

/**
 * Reads, decides and writes until no rival came between, at most `rounds` times; then throws the last
 * cancellation. `attempt` must read afresh, and recognise its own write by id.
 */
export async function untilUnrivalled<T>(attempt: () => Promise<T>, rounds = 6): Promise<T> {
  for (let round = 0; ; round++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isRivalled(error)) throw error;
      if (round + 1 >= rounds) throw isPassing(error) ? error : new Rivalled();
      await pause(round);
    }
  }
}

/** Rivals kept coming between reading and writing: the same request may succeed a moment later. */
export class Rivalled extends Error {
  override readonly name = 'Rivalled';
  readonly $retryable = {};
}
