import { AwsFault } from '../wire/fault.ts';
import type { QueueStore, Settings } from './store.ts';
import type { Waiters } from './waiters.ts';

/** What the operations share. */
export interface Sqs {
  readonly store: QueueStore;
  readonly waiters: Waiters;
  readonly now: () => number;
  readonly urlOf: (name: string) => string;
  readonly arnOf: (name: string) => string;
}

export const nameOf = (urlOrArn: string) => urlOrArn.split(/[/:]/).at(-1) ?? '';

/** The queue by its URL, whatever the host in it: the door is its only address. */
export function queueBy({ store }: Sqs, urlOrArn: string): Settings {
  const found = store.findQueue(nameOf(urlOrArn));
  if (found !== undefined) return found.settings;
  throw new AwsFault('QueueDoesNotExist', 'The specified queue does not exist.', {
    queryCode: 'AWS.SimpleQueueService.NonExistentQueue',
  });
}
