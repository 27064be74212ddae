import { isMinor } from '#shared/kernel/majority.ts';
import { findPerson, type Person } from '#shared/record/person.ts';
import { followStanding } from '#shared/record/standing.ts';
import { type ChildNamed, longestName } from './mails/for-child.ts';
import { isUnrepresented } from './rules/unrepresented.ts';
import type { Status } from './stored.ts';

/** To whom something about a record is written, and about which child, where it is a minor's. */
export interface Addressee {
  readonly person: Person;
  readonly child: ChildNamed | undefined;
}

/**
 * A minor's mail goes to the guardian he is attached to, by that one's name and address (ENR-4, MIN-1); from the
 * day on which he comes of age it is his own. `at` in milliseconds. Where nobody knows the guardian any
 * more, or he has died, it goes to the child's own address. Undefined where the identity was taken away, and where that
 * guardian's authority was (MIN-2): the child's own address may be his as well.
 */
export async function findAddressee(
  status: Pick<Status, 'holder' | 'child' | 'cameOfAgeAt'>,
  at: number,
): Promise<Addressee | undefined> {
  const { holder, child } = status;
  if (isUnrepresented(status, at)) return undefined;
  if (!child || !isMinor(child, at)) {
    const person = await findPerson(holder);
    return person && { person, child: undefined };
  }
  const [own, standing] = await Promise.all([findPerson(holder), followStanding(child.attachedTo)]);
  if (!own) return undefined;
  // Whose records were merged is written to as the one that counts says (ENR-20).
  const guardian = await findPerson(standing?.holder ?? child.attachedTo);
  // A name of more than a line would not leave a letter on its one sheet.
  const name = [...(own.givenNames.split(/[ ,]/)[0] ?? '')].slice(0, longestName).join('');
  const isThere = guardian && standing?.status !== 'deceased';
  return { person: isThere ? guardian : own, child: { name, rank: child.rank } };
}
