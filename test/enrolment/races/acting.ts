import { AsyncLocalStorage } from 'node:async_hooks';
import { dynamoClient } from '#shared/aws/dynamo.ts';
import { kms } from '#shared/aws/kms.ts';
import { mail } from '#shared/aws/mail.ts';
import { s3, sealedS3 } from '#shared/aws/s3.ts';
import { sqs } from '#shared/aws/sqs.ts';

/** Somebody who calls AWS: each of his calls passes through his hands before it leaves and after it came back. */
export interface Actor {
  call<T>(name: string, go: () => Promise<T>): Promise<T>;
}

const acting = new AsyncLocalStorage<Actor>();

/** Runs an act as an actor; calls that nobody acts for pass as they are. */
export function as<T>(actor: Actor, act: () => Promise<T>): Promise<T> {
  return acting.run(actor, act);
}

type Next<I, O> = (args: I) => Promise<O>;
interface Stack {
  add(
    middleware: <I, O>(next: Next<I, O>, context: { commandName?: string }) => Next<I, O>,
    options: { step: 'initialize'; name: string },
  ): void;
}

function watch({ middlewareStack }: { middlewareStack: Stack }): void {
  middlewareStack.add(
    (next, context) => (args) => {
      const actor = acting.getStore();
      const name = (context.commandName ?? '').replace(/Command$/, '');
      return actor ? actor.call(name, () => next(args)) : next(args);
    },
    { step: 'initialize', name: 'acting' },
  );
}

for (const client of [dynamoClient, kms, mail, s3, sealedS3, sqs]) watch(client);
