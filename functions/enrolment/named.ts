import { isMinor } from '#shared/kernel/majority.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { findByGuardian, findByNir } from '#shared/record/lookup.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { loadStatus } from './person-store.ts';
import { eachOnce } from './rules/whose-code.ts';
import { bornOnForAgent } from './same-day.ts';
import type { Status } from './stored.ts';
import { birthTag, childTag } from './tags.ts';

/** As an agent names somebody: by his NIR and birth date, or a child by its guardian's NIR and its own birth date. */
export interface NamedBy {
  readonly nir: string;
  readonly birthDate: string;
  /** Of children who were born on one day. */
  readonly rank?: number | undefined;
}

/**
 * Whom an agent names, freshly read. Where the birth date is not that of the NIR's own person, it may be
 * that of his child, a minor at that instant (ms, ENR-22), unclear between which ranks where one of several is not named; else he is given with `birthFits` false. For agents only: it costs more for some.
 */
export async function findNamed(
  { nir, birthDate, rank }: NamedBy,
  at: number,
): Promise<{ status: Status; birthFits: boolean; unclear?: { ranks: string } } | undefined> {
  const key = await secretOrNobodys('lookup');
  const read = parseNir(nir);
  const given = read.ok ? read.nir : '';
  const holder = (await findByNir(nirTag(key, given)))?.holder;
  const own = holder === undefined ? undefined : await loadStatus(holder);
  if (own && sameFingerprint(birthTag(key, own.holder, birthDate), own.birthTag))
    return { status: own, birthFits: true };
  const day = { guardianNir: given, birthDate };
  const born = rank === undefined ? await bornOnForAgent(key, day) : [];
  const [only] = born;
  const child =
    rank === undefined
      ? only?.holder
      : (await findByGuardian(childTag(key, { ...day, rank })))?.holder;
  const status = child === undefined ? undefined : await loadStatus(child);
  // Who has come of age is nobody's child: he is named by his own number only (MIN-5).
  if (!status?.child || !isMinor(status.child, at)) return own && { status: own, birthFits: false };
  const those = eachOnce(born);
  // Where only one of those who have a rank is known, the other may be meant; not where both ranks are one's.
  const isOneOfSome = born.length === 1 && status.child.rank !== undefined;
  const isUnclear = those.length > 1 || isOneOfSome;
  const ranks = those.map((one) => one.rank).join(' / ');
  return { status, birthFits: true, ...(isUnclear ? { unclear: { ranks } } : {}) };
}
