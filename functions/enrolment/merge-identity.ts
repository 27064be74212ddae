import type { Actions } from '#shared/aws/transact.ts';
import { contactsWrite, openContacts } from '#shared/record/contacts.ts';
import { findLink, linkGoes, linkWrite } from '#shared/record/link.ts';
import { findByGuardian } from '#shared/record/lookup.ts';
import { childKey } from '#shared/record/table.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { isNobodys, linkOf, type NoAccountOf } from './absorbed.ts';
import { branchOf } from './lines.ts';
import { lookupWrite } from './person-store.ts';
import type { Status } from './stored.ts';

/** The account that a status names leads to its record from now on; what leads elsewhere by now is left. */
export async function linkMoved(
  to: Status,
  { from, noAccountOf }: { readonly from: string; readonly noAccountOf: NoAccountOf },
): Promise<Actions> {
  const account = linkOf(to);
  // Whoever died or was deleted is led nowhere.
  if (account === undefined || to.status === 'deleted') return [];
  // A child's record has none, unless it is the child's own.
  if (isNobodys(account, to.holder, noAccountOf)) return [];
  const link = await findLink(account, { consistent: true });
  if (link?.holder === from) return [linkGoes(account, link, to.holder)];
  if (link !== undefined || !('activatedAt' in to) || !to.activatedAt) return [];
  return [linkWrite(account, { holder: to.holder, linkedAt: to.activatedAt })];
}

/** The confirmed address of one record for another; and whether that one had none. */
export async function contactsGiven(
  from: string,
  to: Pick<Status, 'holder' | 'department'>,
): Promise<{ writes: Actions; hadNone: boolean }> {
  const [given, own] = await Promise.all([openContacts(from), openContacts(to.holder)]);
  if (!given) return { writes: [], hadNone: false };
  const { holder, department } = to;
  const write = await contactsWrite({ holder, email: given.email, branch: branchOf(department) });
  return { writes: [write], hadNone: own === undefined };
}

/**
 * By what a guardian finds a child leads to another record of it. `merged` is that which it led to, if so; `led` the
 * fingerprint by which a line named it, so that it is led already.
 */
export async function placeMoved(
  { child }: Pick<Status, 'child'>,
  to: {
    readonly from: string;
    readonly holder: string;
    readonly merged?: string;
    readonly led: string;
  },
): Promise<Actions> {
  if (!child || sameFingerprint(to.led, child.tag)) return [];
  const found = await findByGuardian(child.tag);
  // The insurance body has attached him to another guardian since, or to none.
  if (found?.holder !== to.from) return [];
  const { merged: _m, ...rest } = found;
  const next = { ...rest, holder: to.holder, ...(to.merged ? { merged: to.merged } : {}) };
  return [lookupWrite(childKey(child.tag), next, found)];
}
