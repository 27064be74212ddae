import { isMinor } from '#shared/kernel/majority.ts';
import { findPerson, type Person } from '#shared/record/person.ts';
import { loadStanding } from '#shared/record/standing.ts';
import { type ChildNamed, longestName } from './mails/for-child.ts';
import type { Status } from './stored.ts';

/** To whom something about a record is written, and about which child, where it is a minor's. */
export interface Addressee {
  readonly person: Person;
  readonly child: ChildNamed | undefined;
}

/** As `findAddressee`; throws where there is nobody to write to. */
export async function addresseeOf(of: Of, at: number): Promise<Addressee> {
  const found = await findAddressee(of, at);
  if (!found) throw new Error('a person without an identity');
  return found;
}

type Of = Pick<Status, 'holder'> & { readonly child?: Status['child'] };

/**
 * A minor's mail goes to the guardian he is attached to, by that one's name and address (ENR-4, MIN-1); from the
 * day on which he comes of age it is his own. `at` in milliseconds. Where nobody knows the guardian any
 * more, or he has died, it goes to the child's own address. Undefined where the identity was taken away.
 */
export async function findAddressee(
  { holder, child }: Of,
  at: number,
): Promise<Addressee | undefined> {
  if (!child || !isMinor(child, at)) {
    const person = await findPerson(holder);
    return person && { person, child: undefined };
  }
  const [own, guardian, standing] = await Promise.all([
    findPerson(holder),
    findPerson(child.attachedTo),
    loadStanding(child.attachedTo),
  ]);
  if (!own) return undefined;
  // A name of more than a line would not leave a letter on its one sheet.
  const name = [...(own.givenNames.split(/[ ,]/)[0] ?? '')].slice(0, longestName).join('');
  const isThere = guardian && standing?.status !== 'deceased';
  return { person: isThere ? guardian : own, child: { name, rank: child.rank } };
}
