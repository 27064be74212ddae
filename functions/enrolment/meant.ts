import { parseCode } from '#shared/kernel/code.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { ghostPairs } from './ghost-store.ts';
import { hintOf } from './hash-code.ts';
import { type Claimed, cardFits, codeFits } from './identify.ts';
import { loadPairs, pairOf } from './person-store.ts';
import { asTried, eachOnce, whoIsMeant } from './rules/whose-code.ts';
import { mostRanks } from './same-day.ts';
import type { Code } from './stored-code.ts';

/** Whom a try is judged for, and between which ranks its maker has to choose, where his code is right and does not say. */
export interface Meaning {
  readonly claimed: Claimed;
  readonly choice?: { readonly ranks: string; readonly codeOf: number };
}

/**
 * Of several children who were born on one day, him whose code was given (ENR-22). One look, one hashing, whoever is
 * there and however many: nine are looked at, invented ones in the place of those who are missing or are found under several ranks.
 */
export async function meant(
  claimed: Claimed,
  given: { cardSerial: string; code: string },
  receivedAt: number,
): Promise<Meaning> {
  const { sameDay } = claimed;
  if (!sameDay) return { claimed };
  const { rank } = sameDay;
  const places = eachOnce(sameDay.places);
  const none = mostRanks - places.length;
  const read = await loadPairs([
    ...places.map(({ holder }) => pairOf(holder)),
    ...ghostPairs(claimed.holder, none),
  ]);
  const fits = await codesThatFit(
    read.slice(0, places.length).map(({ code }) => code),
    given.code,
  );
  const at = new Date(receivedAt).toISOString();
  const those = places.map((place, index) => {
    const { status, code } = read[index] ?? {};
    const hasCard = cardFits({ ...claimed, holder: place.holder }, status, given.cardSerial);
    const tried = { cardFits: hasCard, codeFits: fits[index] === true, receivedAt: at };
    const ranks = sameDay.places.filter(({ holder }) => holder === place.holder);
    return {
      ...{ rank: place.rank, ranks: ranks.map((one) => one.rank) },
      ...asTried({ status, code: code?.current }, tried),
    };
  });
  const one = whoIsMeant(those, rank);
  const holder = places.find((place) => place.rank === one?.rank)?.holder;
  if (!one || holder === undefined) return { claimed };
  const his = { ...claimed, holder, isNobody: false, at: { ...claimed.at, holder } };
  if (!one.mustChoose) return { claimed: his };
  const ranks = places.map((place) => place.rank).join(' / ');
  return { claimed: his, choice: { ranks, codeOf: one.rank } };
}

/** Which of several codes a given one is: a hint of each says of all but one that they are not, before any hashing. */
async function codesThatFit(
  codes: readonly (Code | undefined)[],
  given: string,
): Promise<readonly boolean[]> {
  const read = parseCode(given);
  const code = read.ok ? read.code : '';
  const hint = hintOf(await secretOrNobodys('pepper'), code);
  const mayFit = codes.map(
    (one) => one?.current && (one.current.hint === undefined || one.current.hint === hint),
  );
  // Somebody is hashed for even where nobody's hint fits.
  if (!mayFit.includes(true)) await codeFits(undefined, code);
  return Promise.all(codes.map((one, at) => mayFit[at] === true && codeFits(one, code)));
}
