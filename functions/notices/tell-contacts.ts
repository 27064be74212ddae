import { sendMail, Undeliverable, wasNotAccepted } from '#shared/mail/send.ts';
import type { Standing } from '#shared/record/standing.ts';
import { sendText, Unreachable } from '#shared/sms/send.ts';
import { type Contact, contactsOf } from './contact-of.ts';
import { mailFor } from './mails/mail-for.ts';
import { addressesFor, type Telling, tagOf } from './rules.ts';
import { textFor } from './texts/text-for.ts';

export interface Mailing {
  readonly standing: Standing;
  /** Milliseconds. */
  readonly now: number;
  readonly paced: () => Promise<void>;
  readonly textsPaced: () => Promise<void>;
  /** Says beforehand that something may come twice; undefined where none can. */
  readonly warned: (() => Promise<void>) | undefined;
  /** Called before a failure is thrown where surely nothing has left. */
  readonly nothingLeft: () => Promise<void>;
}

type Outcome = 'sent' | 'no-address' | 'undeliverable';

/** What came of it, and who was reached by neither mail nor text message, where others were. */
export interface Told {
  readonly outcome: Outcome;
  readonly unreached: readonly string[];
}

/**
 * Tells each who is to be told, by mail at each of his addresses; by text message where no mail is taken
 * (it is no information in the sense of the law, and none is asked for here).
 */
export async function tellContacts(telling: Telling, by: Mailing): Promise<Told> {
  const { standing, now, warned } = by;
  const left = { accepted: 0, perhaps: false };
  const counted = async (sending: Promise<void>): Promise<boolean> => {
    try {
      await sending;
      left.accepted++;
      return true;
    } catch (error) {
      if (error instanceof Undeliverable || error instanceof Unreachable) return false;
      left.perhaps = !wasNotAccepted(error);
      throw error;
    }
  };
  try {
    const all = await contactsOf(standing, now, telling.also);
    const contacts = all.filter(({ holder }) => holder !== telling.doneBy);
    const isReachable = ({ known }: Contact) =>
      addressesFor(telling, known).length > 0 || known.mobile !== undefined;
    if (!contacts.some(isReachable)) return { outcome: 'no-address', unreached: [] };
    await warned?.();
    const unreached: string[] = [];
    for (const contact of contacts)
      if (!(await tell(contact, { telling, by, counted }))) unreached.push(contact.holder);
    if (left.accepted === 0) return { outcome: 'undeliverable', unreached: [] };
    return { outcome: 'sent', unreached };
  } catch (error) {
    if (left.accepted === 0 && !left.perhaps) await by.nothingLeft();
    throw error;
  }
}

interface Way {
  readonly telling: Telling;
  readonly by: Mailing;
  readonly counted: (sending: Promise<void>) => Promise<boolean>;
}

/** True where he was reached. */
async function tell(
  { person, known, child }: Contact,
  { telling, by, counted }: Way,
): Promise<boolean> {
  const tags = { notice: tagOf(telling) };
  const letter = mailFor(telling.code, { ...by.standing, ...telling, person, about: child });
  let isTold = false;
  for (const address of addressesFor(telling, known)) {
    await by.paced();
    if (await counted(sendMail(address, letter, tags))) isTold = true;
  }
  if (isTold || known.mobile === undefined) return isTold;
  await by.textsPaced();
  return counted(sendText(known.mobile, textFor(telling.code, child), tags));
}
