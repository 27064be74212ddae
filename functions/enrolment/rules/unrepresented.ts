import { parisBounds } from '#shared/kernel/calendar.ts';
import type { Status } from '../stored.ts';
import { isBarred } from './judge-child.ts';

/** The first instant, ISO, at which somebody is of age: midnight in Paris. */
export const adultFrom = ({ adultOn }: { readonly adultOn: string }): string =>
  new Date(parisBounds(adultOn).begin).toISOString();

/**
 * Whether nobody may be told in a minor's place, since the authority of who gets his mail was taken (MIN-2): no
 * invitation, code or letter about the child leaves then. `at` in milliseconds.
 */
export function isUnrepresented(
  { child, cameOfAgeAt }: Pick<Status, 'child' | 'cameOfAgeAt'>,
  at: number,
): boolean {
  if (!child || cameOfAgeAt !== undefined || !isBarred(child)) return false;
  return new Date(at).toISOString() < adultFrom(child);
}

/**
 * Whether the opening of a minor's record waits until a guardian may be informed (MIN-2): the insurance body attaches
 * him to another one, the order is undone, or his majority is recorded. Not of who was informed himself, of age.
 */
export function awaitsGuardian(status: Status): boolean {
  const { child, cameOfAgeAt } = status;
  if (!child || cameOfAgeAt !== undefined || !isBarred(child)) return false;
  return (
    status.status === 'known' ||
    (status.status === 'invited' && status.informedAt < adultFrom(child))
  );
}

/**
 * A status whose guardian may not be told any more, as it is stored (MIN-2): what was sent to him informs nobody, so
 * whoever may be told next is informed by letter, with 42 days of his own; what is in print for him is void. `at` in ms.
 */
export const uninformedAt = (status: Status, at: number): Status =>
  isUnrepresented(status, at) ? untold(status) : status;

/**
 * A minor whom a row attaches to another guardian, as he is stored (ENR-4, MIN-1): the former one's code serves no more,
 * so his deadline must not open the record over the head of who is to answer for the child now, and is informed by
 * letter, with 42 days of his own. Not of one guardian under another of his names.
 */
export function toldAnew(
  status: Status,
  { former, names }: { readonly former: Status['child']; readonly names: readonly string[] },
): Status {
  const { child } = status;
  const isSame = !child || !former || child.attachedTo === former.attachedTo;
  return isSame || names.includes(former.attachedTo) ? status : untold(status);
}

function untold(status: Status): Status {
  const { letter, ...rest } = status;
  if (rest.status === 'invited')
    return { ...rest, uninformed: rest.leftAt === undefined ? 'readdressed' : 'left' };
  return letter?.postedOn === undefined ? rest : status;
}
