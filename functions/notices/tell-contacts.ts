import { sendMail, Undeliverable, wasNotAccepted } from '#shared/mail/send.ts';
import type { Standing } from '#shared/record/standing.ts';
import { sendText, Unreachable } from '#shared/sms/send.ts';
import { type Contact, contactsOf, toBeTold } from './contact-of.ts';
import { mailFor } from './mails/mail-for.ts';
import {
  addressesFor,
  type Outcome,
  outcomeOf,
  type Reached,
  type Telling,
  tagOf,
} from './rules.ts';
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

/** What came of it. */
export interface Told {
  readonly outcome: Outcome;
  /** Where others were reached: who was by neither mail nor text message. */
  readonly unreached: readonly string[] | undefined;
  /** Whether anything left at all. */
  readonly hasLeft: boolean;
}

/**
 * Tells each who is to be told, by mail at each of his addresses; by text message where no mail is taken
 * (it is no information in the sense of the law, and none is asked for here). What came of it counts for each
 * of them: a parent who was reached is none for the other one (MIN-2).
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
    const contacts = toBeTold(await contactsOf(standing, now, telling), telling.doneBy);
    const isReachable = ({ known }: Contact) =>
      addressesFor(telling, known).length > 0 || known.mobile !== undefined;
    if (contacts.some(isReachable)) await warned?.();
    // Whom it concerns is told beside those who are told of the record: that he was reached says nothing of them.
    const isHisOnly = contacts.every(({ isConcerned }) => isConcerned);
    const each: Reached[] = [];
    const unreached: string[] = [];
    for (const contact of contacts) {
      const reached = isReachable(contact)
        ? await tell(contact, { telling, by, counted })
        : 'no-address';
      if (!isHisOnly && contact.isConcerned) continue;
      each.push(reached);
      if (reached !== 'reached') unreached.push(contact.holder);
    }
    return {
      outcome: outcomeOf(each),
      unreached: each.includes('reached') ? unreached : undefined,
      hasLeft: left.accepted > 0,
    };
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

/** Tells one of them; whether anything took it. */
async function tell(
  { person, known, child, isConcerned }: Contact,
  { telling, by, counted }: Way,
): Promise<Reached> {
  // What comes back from whom it concerns has no letter written: that one would be about the record.
  const tags = isConcerned ? undefined : { notice: tagOf(telling) };
  const letter = mailFor(telling.code, {
    ...{ ...by.standing, ...telling, person, about: child, isConcerned },
  });
  let isTold = false;
  for (const address of addressesFor(telling, known)) {
    await by.paced();
    if (await counted(sendMail(address, letter, tags))) isTold = true;
  }
  if (isTold) return 'reached';
  if (known.mobile === undefined) return 'undeliverable';
  await by.textsPaced();
  const text = sendText(known.mobile, textFor(telling.code, child), tags);
  return (await counted(text)) ? 'reached' : 'undeliverable';
}
