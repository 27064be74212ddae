import { transaction } from '#infra/local/engines/database.ts';
import { AwsFault } from '#infra/local/engines/wire/fault.ts';
import type { Sqs } from '../context.ts';

/** Does each entry by itself, as AWS: some may succeed and others fail. One commit for all of them. */
export function inBatch<E extends { readonly Id: string }>(
  { store }: Sqs,
  entries: readonly E[],
  act: (entry: E) => object,
) {
  if (entries.length === 0)
    throw faultOf('EmptyBatchRequest', 'There should be at least one entry.');
  if (entries.length > 10)
    throw faultOf('TooManyEntriesInBatchRequest', 'At most 10 entries are allowed.');
  if (new Set(entries.map(({ Id }) => Id)).size < entries.length) {
    throw faultOf('BatchEntryIdsNotDistinct', 'Two entries have one Id.');
  }
  const Successful: object[] = [];
  const Failed: object[] = [];
  transaction(store.db, () => {
    for (const entry of entries) {
      try {
        Successful.push({ Id: entry.Id, ...act(entry) });
      } catch (error) {
        if (!(error instanceof AwsFault) || error.status >= 500) throw error;
        Failed.push({ Id: entry.Id, Code: error.code, Message: error.message, SenderFault: true });
      }
    }
  });
  return { Successful, Failed };
}

const faultOf = (code: string, message: string) =>
  new AwsFault(code, message, { queryCode: `AWS.SimpleQueueService.${code}` });
