import type { AccessGrant } from '#shared/access/grant.ts';
import { grantTransfer, grantTransferOf } from '#shared/access/transfer.ts';
import { isRivalled } from '#shared/aws/faults.ts';
import { type Actions, Rivalled, transact } from '#shared/aws/transact.ts';
import { loadStanding, namesOf } from '#shared/record/standing.ts';
import { verifyDmp } from './dmp-digest.ts';
import { tellDmp } from './dmp-lines.ts';
import { currentWrites, type Dmp, listHeld, loadDmp, saveDmp } from './dmp-store.ts';
import { noteLate } from './note-late.ts';
import { dmpFate } from './rules/dmp-fate.ts';

/** Documents that become current in one transaction, of three writes each. */
const atOnce = 24;

/**
 * Does with the DMP of a record what its status says by now (R1111-40): moves it into a record that opened or was
 * activated, archives it where its owner objected; also with those of records that were merged into it, each under its
 * own name and key (ENR-20). Any fact that may change this leads here, in any order and as
 * often as it comes; what an earlier delivery left half done is gone on with. `clock` in ms.
 */
export async function settleDmp(holder: string, clock: () => number): Promise<void> {
  const standing = await loadStanding(holder);
  for (const name of standing ? namesOf(standing) : []) await settle(name, holder, clock);
}

async function settle(name: string, holder: string, clock: () => number): Promise<void> {
  const dmp = await loadDmp(name);
  if (!dmp) return;
  const standing = await loadStanding(holder);
  const fate = dmpFate(dmp.state, standing?.status);
  if (fate === 'keep') return;
  const at = clock();
  const grant =
    name === holder
      ? await grantTransfer(holder, at)
      : await grantTransferOf(name, { into: holder, at });
  // Ended, or parted, between the two looks: the fact of that says the rest.
  if (!grant) return;
  await (fate === 'move'
    ? move({ grant, into: await grantTransfer(holder, at) }, dmp, clock)
    : archive(grant, dmp, clock));
}

/** Under which name a DMP lies, and into which record its documents follow. */
interface Moving {
  readonly grant: AccessGrant;
  readonly into: AccessGrant | undefined;
}

/** Closed and archived, not lost: what was not current never becomes so, what was stands in a record that nobody opens. */
async function archive(grant: AccessGrant, dmp: Dmp, clock: () => number): Promise<void> {
  const at = clock();
  const revision = dmp.revision + 1;
  const archivedAt = new Date(at).toISOString();
  const next: Dmp = { ...dmp, state: 'archived', revision, archivedAt };
  await tellDmp(grant, { act: 'documents/archive-dmp', next, before: dmp, at });
}

/** Whole before the first document moves, and whole after the last: compared by count and by hash. */
async function move({ grant, into }: Moving, from: Dmp, clock: () => number): Promise<void> {
  await verifyDmp(grant, from, into);
  const dmp = from.state === 'moving' ? from : await setOff(grant, from);
  for (;;) {
    const some = await listHeld(grant.holder, atOnce);
    if (some.length === 0) break;
    const writes: Actions = some.flatMap((held) => currentWrites(grant, held));
    await transact(writes).catch((error: unknown) => {
      // Another delivery is moving the same ones: this one comes again.
      throw isRivalled(error) ? new Rivalled() : error;
    });
  }
  await verifyDmp(grant, dmp, into);
  const at = clock();
  const { archivedAt: _, ...rest } = dmp;
  const movedAt = new Date(at).toISOString();
  const next: Dmp = { ...rest, state: 'moved', revision: dmp.revision + 1, movedAt };
  // What is current under the name of a merged record follows, before that is over: twice told it follows once.
  await noteLate(grant.holder, at);
  await tellDmp(grant, { act: 'documents/transfer-dmp', next, before: dmp, at });
}

async function setOff({ holder }: AccessGrant, dmp: Dmp): Promise<Dmp> {
  const next: Dmp = { ...dmp, state: 'moving', revision: dmp.revision + 1 };
  if (!(await saveDmp(holder, next, dmp))) throw new Rivalled();
  return next;
}
