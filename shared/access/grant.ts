import { type Caller, type SignedIn, signedIn } from '../http/caller.ts';
import { request } from '../http/problem.ts';
import { holderLanes, ownLanes } from '../journal/lanes.ts';
import type { Actor } from '../journal/schema.ts';
import { standingOf } from '../kernel/conditions.ts';
import { parseNir } from '../kernel/nir.ts';
import { findLink, type Link } from '../record/link.ts';
import { findByNir } from '../record/lookup.ts';
import { secretOrNobodys } from '../record/secrets.ts';
import { followStanding, loadStanding, namesOf, type Standing } from '../record/standing.ts';
import { inventedHolder, linkTag, nirTag } from '../record/tags.ts';
import { branchOfHolder } from '../sealing/holder-branch.ts';
import { sameFingerprint } from '../sealing/secrets.ts';
import { conditionsNow } from './conditions.ts';
import { decide, policy } from './decide.ts';
import { type AccessGrant, isMinors, newGrant } from './grant-value.ts';
import { granted } from './granted.ts';

export type { AccessGrant } from './grant-value.ts';

/** What is asked of the record of who signed in. */
const factsOf = (own: Standing | undefined, at: number) => ({
  isLinked: own !== undefined,
  status: own?.status,
  isOverdue: standingOf(own?.conditions?.version, { now: conditionsNow(at), at }).isOverdue,
});

/**
 * The holder's own record. Throws `access/not-linked` where the account is linked to no record, or to
 * one that another account has taken over since; `access/record-closed` where it is not activated;
 * `access/conditions-to-accept` where the conditions changed and his time to accept them is over.
 */
export async function grantHolder(caller: SignedIn, at: number): Promise<AccessGrant> {
  if (caller.kind !== 'holder') throw request('not-allowed');
  const found = (await findOwn(caller))?.standing;
  const decision = granted(decide({ purpose: 'own-record', ...factsOf(found, at) }), at);
  const holder = found?.holder ?? '';
  return newGrant({
    holder,
    branch: branchOfHolder(holder, found?.life),
    actor: { kind: 'holder', id: holder },
    onBehalfOf: undefined,
    mode: 'normal',
    purpose: 'own-record',
    ...throughApi,
    isMinors: isMinors(found, at),
    lanes: ownLanes(found?.child, at),
    may: decision.may,
    names: found ? namesOf(found) : [],
    origin: undefined,
    policy,
  });
}

const throughApi = { channel: 'api', place: undefined } as const;

/** The record of a holder in a session at a counter, which the authorizer found running. */
async function grantAssisted(caller: SignedIn, at: number): Promise<AccessGrant> {
  const { holder, structure } = caller;
  if (caller.kind !== 'assisted' || holder === undefined) throw request('not-allowed');
  const standing = await loadStanding(holder);
  const { may } = granted(decide({ purpose: 'assisted-record', status: standing?.status }));
  return newGrant({
    holder,
    branch: branchOfHolder(holder, standing?.life),
    actor: { kind: 'holder', id: holder, ...(structure ? { structure } : {}) },
    onBehalfOf: undefined,
    mode: 'assisted',
    purpose: 'assisted-record',
    ...{ channel: 'desk', place: 'assisté' },
    isMinors: isMinors(standing, at),
    lanes: holderLanes,
    may,
    names: standing ? namesOf(standing) : [],
    origin: undefined,
    policy,
  });
}

/** Of a request: who asks, when (ms), and for which child, if for one. */
export interface Asking {
  readonly caller: Caller;
  readonly receivedAt: number;
  readonly actingFor: string | undefined;
}

/**
 * One's own record, or a child's that names the caller as its guardian (MIN-3), also by the id of a record that was
 * merged into it (ENR-20). Both are read at this
 * request, consistent, so that a guardian who is one no longer is out at the next. Throws as `grantHolder`
 * does, and `access/not-guardian` for every record in which he has no part, be it there or not.
 */
export async function grantOwner({
  caller: given,
  receivedAt,
  actingFor,
}: Asking): Promise<AccessGrant> {
  const caller = signedIn(given);
  if (caller.kind === 'assisted') return grantAssisted(caller, receivedAt);
  if (actingFor === undefined) return grantHolder(caller, receivedAt);
  if (caller.kind !== 'holder') throw request('not-allowed');
  const [found, child] = await Promise.all([findOwn(caller), followStanding(actingFor)]);
  const names = found ? namesOf(found.standing) : [];
  // As the child's record names him: who is told of what he did is compared with it (ENR-20).
  const guardian = child?.guardians?.find(({ holder }) => names.includes(holder))?.holder;
  const isOfChild = isMinors(child, receivedAt);
  const { may } = granted(
    decide({
      purpose: 'child-record',
      own: factsOf(found?.standing, receivedAt),
      isGuardian: guardian !== undefined,
      isMinor: isOfChild,
      status: child?.status,
    }),
    receivedAt,
  );
  // Of a record that was merged into another (ENR-20): that one.
  const holder = child?.holder ?? actingFor;
  return newGrant({
    holder,
    branch: branchOfHolder(holder, child?.life),
    actor: { kind: 'guardian', id: guardian ?? '' },
    onBehalfOf: holder,
    mode: 'normal',
    purpose: 'child-record',
    ...throughApi,
    isMinors: isOfChild,
    lanes: holderLanes,
    may,
    names: child ? namesOf(child) : [],
    origin: undefined,
    policy,
  });
}

/** The record that an account is linked to, as it stands now. */
export interface Own {
  readonly standing: Standing;
  readonly link: Link;
  /** Fingerprint of the account. */
  readonly account: string;
}

/** The record of a signed-in citizen; undefined where its status does not name his account. */
export async function findOwn({ kind, subject }: SignedIn): Promise<Own | undefined> {
  const account = linkTag(await secretOrNobodys('lookup'), kind, subject);
  const link = await findLink(account);
  if (!link) return undefined;
  const standing = await loadStanding(link.holder);
  if (standing?.linkTag === undefined || !sameFingerprint(standing.linkTag, account))
    return undefined;
  return { standing, link, account };
}

/** A professional as an establishment's software names him. */
export interface Named {
  /** His national id, type digit included. */
  readonly id: string;
  readonly name?: string | undefined;
  readonly role?: string | undefined;
}

/**
 * The record of a person found by INS (his NIR), for an establishment that deposits for a named
 * professional. Throws `access/unknown-patient` for an unknown person as for a record that never
 * opened, after the same reads; `access/record-closed` where it was open once.
 */
export async function grantFeeding(
  caller: SignedIn,
  { ins, professional, at }: { ins: string; professional: Named; at: number },
): Promise<AccessGrant> {
  if (caller.kind !== 'establishment') throw request('not-allowed');
  const key = await secretOrNobodys('lookup');
  const read = parseNir(ins);
  const tag = nirTag(key, read.ok ? read.nir : '');
  const found = await findByNir(tag);
  const holder = found?.holder ?? inventedHolder(key, tag);
  const standing = await loadStanding(holder);
  const hasDmp = standing?.dmp !== undefined;
  const { may } = granted(decide({ purpose: 'feeding', status: standing?.status, hasDmp }));
  return newGrant({
    holder,
    branch: branchOfHolder(holder, standing?.life),
    actor: actorFor(caller, professional),
    onBehalfOf: professional.id,
    mode: 'normal',
    // Of a record that has not opened nobody is told; his DMP is where he looks until then.
    purpose: isToOpen(standing) ? 'dmp-feeding' : 'feeding',
    ...throughApi,
    isMinors: isMinors(standing, at),
    lanes: [],
    may,
    names: standing ? namesOf(standing) : [],
    origin: found?.merged,
    policy,
  });
}

const isToOpen = (standing: Standing | undefined): boolean =>
  standing?.status === 'known' || standing?.status === 'invited';

/** The establishment is who signed in; the name that the holder reads is the professional's. */
function actorFor({ subject, name, structure }: SignedIn, professional: Named): Actor {
  const house = structure ?? name;
  return {
    kind: 'establishment',
    id: subject,
    ...(professional.name ? { name: professional.name } : {}),
    ...(professional.role ? { role: professional.role } : {}),
    ...(house ? { structure: house } : {}),
  };
}
