import type { AccessGrant } from '#shared/access/grant.ts';
import { isRivalled } from '#shared/aws/faults.ts';
import { type Actions, Rivalled } from '#shared/aws/transact.ts';
import { appendLine } from '#shared/journal/append.ts';
import { idFrom } from '#shared/random.ts';
import { type Dmp, dmpWrite } from './dmp-store.ts';
import { entryOf } from './lines.ts';

/** What happens to a DMP as a whole. */
export type DmpAct = 'documents/take-in-dmp' | 'documents/transfer-dmp' | 'documents/archive-dmp';

/**
 * Changes the state of a DMP and says so in the record's journal, as one. One line for all its documents; it counts
 * those that the holder, or a guardian, may know of (DOC-21, MIN-14). Its id follows from the package and its
 * revision, so a repeat after a lost answer finds itself. `at` in ms.
 */
export async function tellDmp(
  grant: AccessGrant,
  change: {
    readonly act: DmpAct;
    readonly next: Dmp;
    readonly before: Dmp;
    readonly at: number;
    /** What must be true besides. */
    readonly beside?: Actions;
  },
): Promise<void> {
  const { act, next, before, at } = change;
  const id = idFrom('dmp', act, grant.holder, next.name, String(next.revision));
  const entry = entryOf(grant, { id, at, action: act });
  const object = { kind: 'record', counts: { documents: next.visible } } as const;
  const beside = () => [dmpWrite(grant.holder, next, before), ...(change.beside ?? [])];
  await appendLine({ ...entry, channel: 'file', object }, { beside }).catch((error: unknown) => {
    // Another delivery was faster: what is to be done is looked at afresh.
    throw isRivalled(error) ? new Rivalled() : error;
  });
}
