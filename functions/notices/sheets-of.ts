import { loadLine } from '#shared/journal/load.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { findPerson, type Person } from '#shared/record/person.ts';
import { loadStanding, type Standing } from '#shared/record/standing.ts';
import { type Contact, contactsOf, toBeTold } from './contact-of.ts';
import type { DayLetter } from './letter-store.ts';
import { asOfMinor, letterHolds, lineOfNotice, type Telling, toTell } from './rules.ts';
import type { NoticeCode } from './schema.ts';

/** What a sheet of paper is to tell, to whom: all of one kind to one reader. */
export interface ToPrint {
  readonly reader: string;
  readonly code: NoticeCode;
  readonly person: Person;
  /** The first name of the child that it is about, where its reader is a guardian. */
  readonly child: string | undefined;
  readonly standing: Standing;
  /** Oldest first. */
  readonly tellings: readonly Telling[];
}

/**
 * What the letters of a record come to at an instant (ms): judged anew, so that a death, a deletion or what was undone since takes them
 * out. Of a minor's record each guardian gets his own sheet, in his own name and to his own address (MIN-1); what is
 * kept from them has no notice.
 */
export async function sheetsOf(letter: DayLetter, at: number): Promise<readonly ToPrint[]> {
  const standing = await loadStanding(letter.holder);
  // Without an identity there is neither name nor address; who never had a record is told nothing.
  if (!standing || !(await findPerson(letter.holder))) return [];
  const isMinors = standing.child !== undefined && isMinor(standing.child, at);
  const sheets = new Map<string, ToPrint>();
  for (const { notice, reader } of letter.wanted) {
    const telling = await tellingOf(letter.holder, notice);
    if (!telling || !letterHolds(telling.code, standing)) continue;
    for (const contact of await readersOf(asOfMinor(telling, isMinors), { standing, at, reader })) {
      const { holder, person, child } = contact;
      const { code } = asOfMinor(telling, isMinors);
      const key = `${holder} ${code}`;
      const before = sheets.get(key)?.tellings ?? [];
      if (before.some((one) => one.notice === notice)) continue;
      const tellings = [...before, telling];
      sheets.set(key, { reader: holder, code, person, child, standing, tellings });
    }
  }
  return [...sheets.values()];
}

async function tellingOf(holder: string, notice: string): Promise<Telling | undefined> {
  const at = lineOfNotice(notice);
  return at && toTell(await loadLine({ holder, ...at }));
}

async function readersOf(
  telling: Telling,
  { standing, at, reader }: { standing: Standing; at: number; reader: string },
): Promise<Contact[]> {
  const contacts = toBeTold(await contactsOf(standing, at, telling), telling.doneBy);
  // Whom it concerns is told by his own addresses, and by no letter (MIN-2).
  return contacts.filter(
    ({ holder, isConcerned }) => !isConcerned && (reader === 'all' || reader === holder),
  );
}
