import { type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';
import * as z from 'zod';
import { env, json } from '#shared/env.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { networkPrefix } from '#shared/kernel/network.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { inventedHolder, nirTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import {
  type Counted,
  type Counts,
  countsNow,
  loadTried,
  networkFailures,
} from './attempts-store.ts';
import { readGhost } from './ghost-store.ts';
import { hashCode } from './hash-code.ts';
import { loadCode, loadStatus } from './person-store.ts';
import { refuse } from './rules.ts';
import { bornOn, type Place } from './same-day.ts';
import type { Status } from './stored.ts';
import { type Code, CodeHash } from './stored-code.ts';
import { birthTag, cardTag, childTag, networkTag } from './tags.ts';

const { CODE_HASH, CODE_LIMITS: limits } = env({
  CODE_HASH: json(CodeHash),
  CODE_LIMITS: json(
    z.object({
      softPerHour: z.int(),
      hard: z.int(),
      networkPerHour: z.int(),
      resendSeconds: z.int(),
      beatMs: z.int().min(1),
    }),
  ),
});

export { limits };

// A person without a code costs the same hashing.
const dummySalt = randomBytes(16);

/** Somebody who says who he is: a holder or nobody, told apart by nothing but the reads' results. */
export interface Claimed {
  /** When the claim came to this function, by its own monotonic clock (ms). */
  readonly begun: number;
  readonly key: KeyObject;
  readonly at: Counted;
  readonly holder: string;
  /** Whether nobody is found by what was given. */
  readonly isNobody: boolean;
  /** Whether he is claimed as somebody's child, by a guardian's NIR. */
  readonly asChild: boolean;
  /** Of a child: all whom that NIR and day name, and which one was named. */
  readonly sameDay?: { readonly places: readonly Place[]; readonly rank: number | undefined };
  /** For whom the network is over its quota: until the hour's turn. */
  readonly retryAfterSeconds: number | undefined;
}

/** What is stored of the claimed person, freshly read. */
export interface Stored {
  readonly status: Status | undefined;
  readonly code: Code | undefined;
  /** What this network tried on the person, as stored and as it counts now. */
  readonly tried: Awaited<ReturnType<typeof loadTried>>;
  readonly counts: Counts;
}

const hourMs = 3_600_000;

/** Of a claim for a child: when it was born, and which of several who were born on that day. */
export interface ChildClaim {
  readonly birthDate: string;
  readonly rank?: number | undefined;
}

/**
 * Finds whom a NIR claims to be, or whose child (ENR-22), and whether the network is over its quota. Nobody
 * gets a stable invented holder, so that all that follows (reads, hashing, counting, writing) is the same for him.
 */
export async function identify(claim: {
  nir: string;
  child?: ChildClaim | undefined;
  sourceIp: string;
  receivedAt: number;
}): Promise<Claimed> {
  const begun = performance.now();
  const key = await secretOrNobodys('lookup');
  const network = networkTag(key, networkPrefix(claim.sourceIp));
  const hour = new Date(claim.receivedAt).toISOString().slice(0, 13);
  const read = parseNir(claim.nir);
  const nir = read.ok ? read.nir : '';
  const { child } = claim;
  const tag = child
    ? childTag(key, { guardianNir: nir, birthDate: child.birthDate, rank: child.rank ?? 1 })
    : nirTag(key, nir);
  const invented = inventedHolder(key, tag);
  const at = { network, hour, holder: invented };
  const over = (await networkFailures(at)) >= limits.networkPerHour;
  const retryAfterSeconds = over
    ? Math.ceil((hourMs - (claim.receivedAt % hourMs)) / 1000)
    : undefined;
  const who = child
    ? await asChildOf(key, nir, child)
    : { asChild: false, holder: (await findByNir(tag))?.holder };
  const isNobody = who.holder === undefined;
  const holder = who.holder ?? invented;
  return { ...who, begun, key, holder, isNobody, at: { ...at, holder }, retryAfterSeconds };
}

/** Where several were born that day and none is named, the first is whom it is about until more is known. */
async function asChildOf(key: KeyObject, guardianNir: string, { birthDate, rank }: ChildClaim) {
  const places = await bornOn(key, { guardianNir, birthDate });
  const one = rank === undefined ? places[0] : places.find((place) => place.rank === rank);
  return { asChild: true, holder: one?.holder, sameDay: { places, rank } };
}

/** Throws where the network is over its quota, on a beat: what was read and hashed until then was somebody's or nobody's. */
export async function withinQuota(claimed: Claimed): Promise<void> {
  const { retryAfterSeconds } = claimed;
  if (retryAfterSeconds === undefined) return;
  await onBeat(claimed);
  throw refuse('too-many-attempts', { retryAfterSeconds });
}

/**
 * Waits for the next beat since a claim came in. An answer that is to tell nothing leaves on a beat: the items of
 * somebody are larger to write than what stands in for them, and a clock must not see that (ENR-14).
 */
export async function onBeat({ begun }: Claimed): Promise<void> {
  await setTimeout(limits.beatMs - ((performance.now() - begun) % limits.beatMs));
}

/** The network as the journal names it: enough to tell networks apart, nothing to find one by. */
export const placeOf = ({ at }: Claimed): string => at.network.slice(0, 16);

/** Reads the claimed person's items, or a ghost's; consistent, so that a decision just made is seen. */
export async function readClaimed({ holder, isNobody, at }: Claimed): Promise<Stored> {
  if (isNobody) {
    const [tried] = await Promise.all([loadTried(at), readGhost(holder)]);
    return { status: undefined, code: undefined, tried, counts: countsNow(tried, at, undefined) };
  }
  const [status, code, tried] = await Promise.all([
    loadStatus(holder),
    loadCode(holder),
    loadTried(at),
  ]);
  return { status, code, tried, counts: countsNow(tried, at, code?.current) };
}

/** Whether a card serial is the person's; the same work for nobody. */
export function cardFits({ key, holder }: Claimed, status: Status | undefined, serial: string) {
  const given = cardTag(key, holder, serial);
  return sameFingerprint(given, status?.cardTag ?? nirTag(key, given));
}

/** Whether a birth date is the person's; the same work for nobody. */
export function birthFits({ key, holder }: Claimed, status: Status | undefined, day: string) {
  const given = birthTag(key, holder, day);
  return sameFingerprint(given, status?.birthTag ?? nirTag(key, given));
}

/**
 * Whether the claimed person acts for himself or is acted for as he must be: a minor is known by his
 * guardian's NIR only, somebody of age by his own (MIN-1, MIN-4, MIN-5). Nobody fits either way.
 */
export function claimFits({ asChild }: Claimed, status: Status | undefined, at: number): boolean {
  if (!status) return true;
  return asChild === (status.child !== undefined && isMinor(status.child, at));
}

/** Whether a code is the person's current one; a person without one costs the same hashing. */
export async function codeFits(stored: Code | undefined, code: string): Promise<boolean> {
  const pepper = await secretOrNobodys('pepper');
  const { salt = dummySalt, params = CODE_HASH, hash } = stored?.current ?? {};
  const given = await hashCode(code, { salt, params, pepper });
  return timingSafeEqual(given, hash ?? randomBytes(given.length));
}
