import type { Inventory } from '#infra/local/template/inventory.ts';
import type { Call } from './call.ts';
import { databaseNeeds, streamNeeds } from './needs-dynamodb.ts';
import { objectNeeds } from './needs-s3.ts';
import { eventNeeds, keyNeeds, mailNeeds, queueNeeds, textNeeds } from './needs-services.ts';
import type { Need } from './policy.ts';

/** What the door knows of the world when it works out the rights that a call takes. */
export interface Premises {
  readonly region: string;
  readonly account: string;
  readonly inventory: Pick<Inventory, 'tables' | 'queues' | 'buckets'>;
  /** Key ARN under which a ciphertext was made. */
  readonly keyOfCiphertext: (ciphertext: string) => string;
}

/**
 * The permissions that IAM would ask of the caller, those of encryption included (tables, queues and
 * buckets under a customer-managed key). An operation that the door has no rule for throws: it must
 * not pass unjudged.
 */
export function needsOf(call: Call, premises: Premises): Need[] {
  switch (call.service) {
    case 'dynamodb':
      return databaseNeeds(call, premises);
    case 'streams':
      return streamNeeds(call, premises);
    case 's3':
      return objectNeeds(call, premises);
    case 'sqs':
      return queueNeeds(call, premises);
    case 'kms':
      return keyNeeds(call, premises);
    case 'ses':
      return mailNeeds(call, premises);
    case 'sms-voice':
      return textNeeds(call, premises);
    case 'events':
      return eventNeeds(call, premises);
  }
}

/** Refuses to guess: thrown for operations without a rule. */
export class UnknownOperation extends Error {
  override readonly name = 'UnknownOperation';
}
