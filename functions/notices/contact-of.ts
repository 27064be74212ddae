import { openContacts } from '#shared/record/contacts.ts';
import { openPerson, type Person } from '#shared/record/person.ts';
import type { Known } from './rules.ts';

/** A person's name, and the addresses we know of him, opened for one mail. */
export async function contactOf(holder: string): Promise<{ person: Person; known: Known }> {
  const [person, contacts] = await Promise.all([openPerson(holder), openContacts(holder)]);
  const { email: confirmed, formerEmail: former } = contacts ?? {};
  // An empty address is none.
  const known = { confirmed, former, insurers: person.email || undefined };
  return { person, known };
}
