import type { AccessGrant } from '#shared/access/grant.ts';
import { grantTransfer } from '#shared/access/transfer.ts';
import { cancellation } from '#shared/aws/faults.ts';
import { Rivalled, transact } from '#shared/aws/transact.ts';
import type { Judge } from '#shared/fhir/validator.ts';
import { idFrom } from '#shared/random.ts';
import { findPerson } from '#shared/record/person.ts';
import { isUnmergedCheck } from '#shared/record/signpost.ts';
import type { TransferFault } from './data/transfer-faults.ts';
import { digestOfPackage, verifyDmp } from './dmp-digest.ts';
import { tellDmp } from './dmp-lines.ts';
import {
  type Dmp,
  dmpWrite,
  dropHeld,
  dropOthers,
  heldWrite,
  loadDmp,
  saveDmp,
} from './dmp-store.ts';
import { ownerOf } from './owner.ts';
import { readPackage } from './read-package.ts';
import { isForEverybody } from './rules/transferred.ts';
import type { Manifest } from './schema-dmp.ts';
import { takeOne } from './take-one.ts';
import { loadManifest, putReceipt } from './transfer-bucket.ts';
import type { Announced } from './transfer-name.ts';
import { putContent } from './vault-store.ts';

/** Another package, or another worker, has the DMP in hand. */
export class Overtaken extends Rivalled {}

export interface Around {
  /** World time in ms. */
  readonly clock: () => number;
  /** Whether there is time for another document; asked between two. */
  readonly hasTime: () => boolean;
  readonly judge: () => Promise<Judge>;
}

/**
 * Takes in a package from where it stands (R1111-40): one DMP, its documents held under the record's own key until
 * the record opens. Answers `more` when time ran out (to be called again), else `complete` or `refused`, which its
 * receipt says, or `gone`. Whatever is killed, each document counts once; a package that is not whole counts for nothing.
 */
export async function takeInDmp(
  announced: Announced,
  around: Around,
): Promise<'complete' | 'refused' | 'more' | 'gone'> {
  const bytes = await loadManifest(announced);
  if (bytes === 'gone') return 'gone';
  if (bytes === 'too-large') return refusedAs(announced, 'manifest-unreadable');
  const read = readPackage(bytes, announced.transfer);
  if ('fault' in read) return refusedAs(announced, read.fault);
  const { manifest } = read;
  const grant = await grantOf(manifest, around.clock());
  if (!grant) return refusedAs(announced, 'unknown-owner');
  const dmp = await begun(grant, { announced, manifest, now: around.clock() });
  if (dmp === 'other-package') return refusedAs(announced, dmp);
  switch (dmp.state) {
    case 'taking-in': {
      const taken = await takeAll(grant, { dmp, manifest }, around);
      if (taken === 'more') return taken;
      if (taken.state === 'refused') return refused(grant, announced, taken);
      const done = await complete(grant, { dmp: taken, manifest, bytes }, around);
      return received(announced, done);
    }
    case 'refused':
      return refused(grant, announced, dmp);
    default:
      return received(announced, dmp);
  }
}

async function refusedAs(announced: Announced, code: TransferFault, document?: number) {
  const place = document === undefined ? {} : { document };
  await putReceipt(announced, { state: 'refused', code, ...place });
  return 'refused' as const;
}

/** Nothing is left to be found of a package that is not whole. Whoever died here is followed by the next delivery. */
async function refused({ holder }: AccessGrant, announced: Announced, dmp: Dmp) {
  await dropHeld(holder, dmp.name);
  return refusedAs(announced, dmp.fault ?? 'manifest-unreadable', dmp.faultAt);
}

async function received(announced: Announced, { of, taken, hash, completeAt = '' }: Dmp) {
  await putReceipt(announced, { state: 'complete', taken, of, hash, completeAt });
  return 'complete' as const;
}

/** The record that the package's owner has, if INS and birth date are both his. */
async function grantOf({ owner }: Manifest, now: number): Promise<AccessGrant | undefined> {
  const holder = await ownerOf(owner.ins);
  if (holder === undefined) return undefined;
  const grant = await grantTransfer(holder, now);
  if (!grant) return undefined;
  const person = await findPerson(holder);
  return person?.birthDate === owner.birthDate ? grant : undefined;
}

interface Beginning {
  readonly announced: Announced;
  readonly manifest: Manifest;
  readonly now: number;
}

/**
 * The package's state, begun if it was not. The same lists that are complete already are this package; one that was
 * not finished, or was refused, gives way to the one that comes after it.
 */
async function begun(
  { holder, isMinors, names }: AccessGrant,
  { announced, manifest, now }: Beginning,
): Promise<Dmp | 'other-package'> {
  const { transfer, version } = announced;
  const name = idFrom('dmp-package', transfer, version);
  const before = await loadDmp(holder);
  if (before?.name === name) return before;
  // Under a name that was merged into this one since: it is there already.
  for (const merged of names.filter((one) => one !== holder)) {
    const there = await loadDmp(merged);
    if (there && isOver(there) && there.hash === manifest.hash) return there;
  }
  if (before && isOver(before)) return before.hash === manifest.hash ? before : 'other-package';
  const next: Dmp = {
    ...{ name, transfer, state: 'taking-in', revision: (before?.revision ?? 0) + 1, taken: 0 },
    of: manifest.documents.length,
    hash: manifest.hash,
    digest: digestOfPackage(holder, manifest.documents),
    visible: manifest.documents.filter(({ resource }) => isForEverybody(resource, isMinors)).length,
    rest: idFrom('dmp-rest', holder, name),
    receivedAt: new Date(now).toISOString(),
  };
  if (!(await saveDmp(holder, next, before))) throw new Overtaken();
  return next;
}

const isOver = ({ state }: Dmp): boolean => state !== 'taking-in' && state !== 'refused';

/** Takes the documents one after the other: each with the checkpoint in one transaction. */
async function takeAll(
  grant: AccessGrant,
  { dmp: from, manifest }: { readonly dmp: Dmp; readonly manifest: Manifest },
  { clock, hasTime, judge }: Around,
): Promise<Dmp | 'more'> {
  const { holder } = grant;
  const { documents, owner } = manifest;
  let dmp = from;
  for (const packed of documents.slice(dmp.taken)) {
    // Never before the first: each call brings the package on.
    if (dmp !== from && !hasTime()) return 'more';
    const taking = { dmp: dmp.name, transfer: dmp.transfer, ins: owner.ins };
    const taken = await takeOne(grant, packed, { ...taking, judge: await judge(), now: clock() });
    if ('fault' in taken) {
      const { revision } = dmp;
      const why = { fault: taken.fault, faultAt: dmp.taken, revision: revision + 1 };
      const next: Dmp = { ...dmp, ...why, state: 'refused' };
      if (!(await saveDmp(holder, next, dmp))) throw new Overtaken();
      return next;
    }
    const next = { ...dmp, taken: dmp.taken + 1 };
    await transact([dmpWrite(holder, next, dmp), heldWrite(grant, taken.held)]).catch(overtaken);
    dmp = next;
  }
  return dmp;
}

function overtaken(error: unknown): never {
  throw cancellation(error)?.includes('ConditionalCheckFailed') ? new Overtaken() : error;
}

/** The whole manifest is sealed beside the documents; all is compared once more; then the package counts. */
async function complete(
  grant: AccessGrant,
  given: { readonly dmp: Dmp; readonly manifest: Manifest; readonly bytes: Uint8Array },
  { clock }: Around,
): Promise<Dmp> {
  const { dmp, bytes } = given;
  await putContent(grant, { document: dmp.rest, version: 1 }, bytes);
  await dropOthers(grant.holder, dmp).catch(overtaken);
  await verifyDmp(grant, dmp);
  const at = clock();
  const next: Dmp = {
    ...dmp,
    state: 'held',
    revision: dmp.revision + 1,
    completeAt: new Date(at).toISOString(),
  };
  // Of a record that was merged meanwhile the package is the other one's: the next delivery begins it there.
  const beside = [isUnmergedCheck(grant.holder)];
  await tellDmp(grant, { act: 'documents/take-in-dmp', next, before: dmp, at, beside });
  return next;
}
