import { isMinor } from '#shared/kernel/majority.ts';
import { openContacts } from '#shared/record/contacts.ts';
import { findPerson, openPerson, type Person } from '#shared/record/person.ts';
import { followStanding, type Standing } from '#shared/record/standing.ts';
import type { Known } from './rules.ts';
import { type Also, toldInstead } from './rules.ts';

/** Somebody who is told: his name and the addresses that we know of him, opened for one mail. */
export interface Contact {
  /** As the record names him. */
  readonly holder: string;
  /** His own record, where that was merged into another one (ENR-20). */
  readonly now?: string;
  readonly person: Person;
  readonly known: Known;
  /** The first name of the child that it is about, where he is its guardian. */
  readonly child?: string;
  /** An order about a child's guardians concerns him, and he may not act for it. */
  readonly isConcerned?: true;
}

/**
 * Who is told of a record: its holder; of a minor's his guardians and nobody else, by their own names and
 * addresses (MIN-1, MIN-5); and whom it concerns. `at` in milliseconds.
 */
export async function contactsOf(
  standing: Standing,
  at: number,
  { also, concerned }: { readonly also?: Also; readonly concerned?: string } = {},
): Promise<Contact[]> {
  const { holder, child } = standing;
  const person = await openPerson(holder);
  const guardians = toldInstead(standing, child !== undefined && isMinor(child, at));
  if (guardians) {
    const others = guardians.filter((one) => one !== concerned);
    const [acting, his] = await Promise.all([
      guardianContacts(others, person),
      guardianContacts(concerned === undefined ? [] : [concerned], person),
    ]);
    const theirs = [...acting, ...his.map((one) => ({ ...one, isConcerned: true as const }))];
    return also === 'holder' ? [...theirs, await contactOf(ownOf(standing), person)] : theirs;
  }
  const own = await contactOf(standing, person);
  if (also !== 'former-guardians') return [own];
  return [own, ...(await guardianContacts(child?.former ?? [], person))];
}

/** All but who did it, each once: whose two records were merged may have been named by both (ENR-20). */
export function toBeTold(all: readonly Contact[], doneBy: string | undefined): Contact[] {
  const personOf = ({ now, holder }: Contact): string => now ?? holder;
  const doer = all.find(({ holder }) => holder === doneBy);
  const told = new Set(doer ? [personOf(doer)] : []);
  return all.filter((one) => {
    const isNew = !told.has(personOf(one));
    told.add(personOf(one));
    return isNew && one.holder !== doneBy;
  });
}

async function guardianContacts(
  guardians: readonly string[],
  { givenNames }: Person,
): Promise<Contact[]> {
  const child = givenNames.split(/[ ,]/)[0] ?? '';
  const found = await Promise.all(
    guardians.map(async (guardian) => {
      const own = await followStanding(guardian);
      const now = own?.holder ?? guardian;
      const person = await findPerson(now);
      // Nobody writes to the dead.
      if (!person || own?.status === 'deceased') return undefined;
      const his = await contactOf({ holder: now, informBy: own?.informBy }, person);
      return { ...his, holder: guardian, now, child };
    }),
  );
  return found.filter((one) => one !== undefined);
}

/** A minor's own: it is his guardian's address that his record is informed at. */
const ownOf = ({ holder }: Standing) => ({ holder, informBy: undefined });

async function contactOf(
  { holder, informBy }: Pick<Standing, 'holder'> & { readonly informBy?: Standing['informBy'] },
  person: Person,
): Promise<Contact> {
  const { email: confirmed, formerEmail: former } = (await openContacts(holder)) ?? {};
  // An empty address is none; one that gave a mail back, or whose owner complained of one, is written to no more.
  const insurers = informBy === 'letter' ? undefined : person.email || undefined;
  return { holder, person, known: { confirmed, former, insurers, mobile: person.mobile } };
}
