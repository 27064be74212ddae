import { type Caller, type SignedIn, signedIn } from '../http/caller.ts';
import { request } from '../http/problem.ts';
import { holderLanes, secretLane } from '../journal/lanes.ts';
import type { Actor } from '../journal/schema.ts';
import { standingOf } from '../kernel/conditions.ts';
import { isMinor } from '../kernel/majority.ts';
import { parseNir } from '../kernel/nir.ts';
import { findLink, type Link } from '../record/link.ts';
import { findByNir } from '../record/lookup.ts';
import { secretOrNobodys } from '../record/secrets.ts';
import { loadStanding, namesOf, type Standing } from '../record/standing.ts';
import { inventedHolder, linkTag, nirTag } from '../record/tags.ts';
import { branchOfHolder } from '../sealing/holder-branch.ts';
import { sameFingerprint } from '../sealing/secrets.ts';
import { conditionsNow } from './conditions.ts';
import { type Decision, decide, type May, policy } from './decide.ts';
import { refuse } from './refusals.ts';

/** Private to this file, and of a class with a private part: nobody else can make one, nor copy and change one. */
class Grant {
  readonly #may: readonly May[];
  readonly holder: string;
  /** The branch under which the record's health data are sealed. */
  readonly branch: string;
  /** As the journal names him. */
  readonly actor: Actor;
  /** The professional for whom an establishment acts, or the child for whom a guardian does. */
  readonly onBehalfOf: string | undefined;
  readonly mode: 'normal' | 'assisted';
  readonly purpose: 'own-record' | 'assisted-record' | 'child-record' | 'feeding';
  /** By which way, as the journal says it. */
  readonly channel: 'api' | 'desk';
  /** Where, if that is told. */
  readonly place: string | undefined;
  /** Whether the record is a minor's today. */
  readonly isMinors: boolean;
  /** The journal's lanes that may be read. */
  readonly lanes: readonly number[];
  /**
   * By which names journal and documents may know the person: the record's own, and those of records that were merged
   * into it (ENR-20).
   */
  readonly names: readonly string[];
  /** The record of which the number was by which the person was named, where that one was merged into this. */
  readonly origin: string | undefined;
  /** Version of the rules by which it was decided. */
  readonly policy: string;

  constructor(told: Omit<Grant, 'allows'>) {
    this.holder = told.holder;
    this.branch = told.branch;
    this.actor = told.actor;
    this.onBehalfOf = told.onBehalfOf;
    this.mode = told.mode;
    this.purpose = told.purpose;
    this.channel = told.channel;
    this.place = told.place;
    this.isMinors = told.isMinors;
    this.lanes = told.lanes;
    this.names = told.names;
    this.origin = told.origin;
    this.policy = told.policy;
    this.#may = told.may;
    Object.freeze(this);
  }

  get may(): readonly May[] {
    return this.#may;
  }

  /** Throws the refusal of a caller who may not do this with the record: a defect of the route if it happens. */
  allows(act: May): void {
    if (!this.#may.includes(act)) throw request('not-allowed');
  }
}

/**
 * That somebody may do something with one record, decided at this request. Stores of health data take it
 * as an argument: forgetting to ask does not compile.
 */
export type AccessGrant = Grant;

type Granted = Extract<Decision, { is: 'granted' }>;

function granted(decision: Decision, at?: number): Granted {
  if (decision.is === 'granted') return decision;
  if (decision.reason !== 'conditions-to-accept' || at === undefined) throw refuse(decision.reason);
  // Where they are accepted, for the one who can do something about it.
  const { version } = conditionsNow(at);
  throw refuse(decision.reason, { version, accept: 'POST /enrolment/conditions' });
}

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
  return new Grant({
    holder,
    branch: branchOfHolder(holder, found?.life),
    actor: { kind: 'holder', id: holder },
    onBehalfOf: undefined,
    mode: 'normal',
    purpose: 'own-record',
    ...throughApi,
    isMinors: isMinors(found, at),
    // Who was a child here reads what was kept from his guardians, too.
    lanes: found?.child ? [...holderLanes, secretLane] : holderLanes,
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
  return new Grant({
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

const isMinors = (standing: Standing | undefined, at: number): boolean =>
  standing?.child !== undefined && isMinor(standing.child, at);

/** Of a request: who asks, when (ms), and for which child, if for one. */
export interface Asking {
  readonly caller: Caller;
  readonly receivedAt: number;
  readonly actingFor: string | undefined;
}

/**
 * One's own record, or a child's that names the caller as its guardian (MIN-3). Both are read at this
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
  const [found, child] = await Promise.all([findOwn(caller), loadStanding(actingFor)]);
  const guardian = found?.standing.holder;
  const names = found ? namesOf(found.standing) : [];
  const isOfChild = isMinors(child, receivedAt);
  const { may } = granted(
    decide({
      purpose: 'child-record',
      own: factsOf(found?.standing, receivedAt),
      isGuardian: child?.guardians?.some(({ holder }) => names.includes(holder)) === true,
      isMinor: isOfChild,
      status: child?.status,
    }),
    receivedAt,
  );
  return new Grant({
    holder: actingFor,
    branch: branchOfHolder(actingFor, child?.life),
    actor: { kind: 'guardian', id: guardian ?? '' },
    onBehalfOf: actingFor,
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
  const { may } = granted(decide({ purpose: 'feeding', status: standing?.status }));
  return new Grant({
    holder,
    branch: branchOfHolder(holder, standing?.life),
    actor: actorFor(caller, professional),
    onBehalfOf: professional.id,
    mode: 'normal',
    purpose: 'feeding',
    ...throughApi,
    isMinors: isMinors(standing, at),
    lanes: [],
    may,
    names: standing ? namesOf(standing) : [],
    origin: found?.merged,
    policy,
  });
}

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
