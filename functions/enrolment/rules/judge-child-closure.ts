import type { Status } from '../stored.ts';
import type { ClosureWish } from '../stored-child.ts';
import { guardiansOf } from './judge-child.ts';
import { type ClosureCommand, judgeClosure } from './judge-closure.ts';

/** What one of two guardians asked for, if it was ever; decided or not. */
export const wishOf = (status: Status): ClosureWish | undefined =>
  'closing' in status ? status.closing : undefined;

/** Who acted in a child's record when it was deleted, without whose authority was taken since (MIN-2). */
export function certifiedOf(status: Status): readonly string[] {
  const certified = 'certifiedTo' in status ? (status.certifiedTo ?? []) : [];
  return certified.filter((one) => !status.child?.barred?.includes(one));
}

/**
 * By which of his names a child's record has a guardian, or had him when it was deleted; undefined for who has no part
 * in it. Whose records were merged may have a place by two of them: that by which he asked is his (ENR-20).
 */
export function knownAs(status: Status, names: readonly string[]): string | undefined {
  const isOut = names.some((name) => status.child?.barred?.includes(name));
  const acting = guardiansOf(status).map(({ holder }) => holder);
  const places = [...acting, ...(isOut ? [] : certifiedOf(status))];
  const his = places.filter((name) => names.includes(name));
  return his.find((name) => name === wishOf(status)?.by) ?? his[0];
}

/** The wish that waits for the other guardian, or for its term. */
export function waitingWish(status: Status): ClosureWish | undefined {
  const wish = wishOf(status);
  return wish?.state === 'waiting' ? wish : undefined;
}

/**
 * What a guardian's wish to close a child's record does, or to have it deleted (R1111-36, MIN-2): at once where he
 * is the only one; where there are two it waits, so that the other may stop it. One wish waits at a time.
 */
export function judgeChildClosure(
  status: Status,
  asked: { readonly guardian: string; readonly deletion: boolean },
):
  | { readonly is: 'at-once'; readonly commands: readonly ClosureCommand[] }
  | { readonly is: 'wait' | 'repeat' | 'closure-waits' | 'nothing-to-close' } {
  const commands = judgeClosure(status, asked);
  // Closed after a suspension: who has an account may be why.
  if (!commands || ('closedAfter' in status && status.closedAfter))
    return { is: 'nothing-to-close' };
  if (commands.length === 0) return { is: 'at-once', commands };
  const wish = waitingWish(status);
  if (wish) {
    const isSame = wish.by === asked.guardian && wish.deletion === asked.deletion;
    return { is: isSame ? 'repeat' : 'closure-waits' };
  }
  return guardiansOf(status).length < 2 ? { is: 'at-once', commands } : { is: 'wait' };
}

/** What a guardian's answer to a wish does: the other one agrees or stops it, who asked may take it back. */
export function judgeWishAnswer(
  status: Status,
  answer: {
    readonly wish: string;
    readonly guardian: string;
    readonly agrees: boolean;
    /** ISO. */
    readonly at: string;
  },
): 'agree' | 'stop' | 'repeat' | 'own-closure-wish' | 'unknown-closure-wish' {
  const { guardian, agrees, at } = answer;
  const wish = wishOf(status);
  if (!wish || wish.reference !== answer.wish) return 'unknown-closure-wish';
  if (wish.state === (agrees ? 'done' : 'stopped')) return 'repeat';
  if (wish.state !== 'waiting' || at >= wish.until) return 'unknown-closure-wish';
  if (!agrees) return 'stop';
  return wish.by === guardian ? 'own-closure-wish' : 'agree';
}

/** When a wish is carried out unless it was stopped (ISO); not while the record is suspended. */
export function nextWishAt(status: Status): string | undefined {
  if (status.status !== 'activated' && status.status !== 'closed') return undefined;
  return waitingWish(status)?.until;
}

/** A wish whose term is over at an instant (ms). */
export function wishStep(
  status: Status,
  now: number,
): { readonly is: 'end-wish'; readonly status: Status } | undefined {
  const at = nextWishAt(status);
  return at === undefined || Date.parse(at) > now ? undefined : { is: 'end-wish', status };
}

/** A status without any wish of guardians: what became of it makes it void. */
export function withoutWish<S extends Status>(status: S): S {
  const copy: S = { ...status };
  // Optional in every state that has it.
  Reflect.deleteProperty(copy, 'closing');
  return copy;
}
