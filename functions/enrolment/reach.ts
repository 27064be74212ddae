import { openContacts } from '#shared/record/contacts.ts';
import { findPerson, type Person } from '#shared/record/person.ts';
import { loadStanding } from '#shared/record/standing.ts';
import type { Reach } from './rules/way-of.ts';

export interface Reachable extends Reach {
  readonly person: Person;
}

/**
 * Where somebody is reached, at every address that is known, each once; undefined of whom no identity is kept, and of
 * who has died.
 */
export async function reachOf(reader: string): Promise<Reachable | undefined> {
  const [person, contacts, standing] = await Promise.all([
    findPerson(reader),
    openContacts(reader),
    loadStanding(reader),
  ]);
  if (!person || standing?.status === 'deceased') return undefined;
  // What the insurance body knows is no way any more once it gave a mail back, or its owner complained.
  const insurers = standing?.informBy === 'letter' ? undefined : person.email;
  const known = [contacts?.email, contacts?.formerEmail, insurers].flatMap((one) => one || []);
  const each = new Map(known.map((address) => [address.toLowerCase(), address]));
  return { person, addresses: [...each.values()], mobile: person.mobile };
}

/** The same of several; who is not reached at all is left out. */
export async function reachOfAll(readers: readonly string[]): Promise<Reachable[]> {
  const found = await Promise.all(readers.map(reachOf));
  return found.filter((one) => one !== undefined);
}
