import { addDays } from '#shared/kernel/calendar.ts';
import {
  assumptions,
  limits,
  openingWritesOfBusierTable,
  prices,
  seconds,
  units,
} from './assumptions.ts';

/** One day of the campaign and the night after it. */
export interface Day {
  readonly day: string;
  readonly mails: number;
  /** Hours that the mails take at the pace of waves. */
  readonly mailHours: number;
  readonly letters: number;
  /** Hours of one function that prints them. */
  readonly printHours: number;
  /** Mails to who is silent, before his deadline ends. */
  readonly reminders: number;
  /** Text messages in their place, and about the night's openings, where no mail reaches. */
  readonly texts: number;
  /** Hours that these and the mails about the night's openings take at their pace. */
  readonly toldHours: number;
  /** Records whose deadline passed the night before, without an objection. */
  readonly due: number;
  /** Minutes that their openings take on a warmed table, and on a new one. */
  readonly sweepMinutes: number;
  readonly sweepMinutesOnNewTable: number;
}

export interface Cost {
  readonly what: string;
  readonly times: number;
  readonly euros: number;
}

const isWorking = (day: string): boolean => {
  const weekday = new Date(`${day}T12:00:00Z`).getUTCDay();
  return weekday !== 0 && weekday !== 6;
};

function daysFrom(first: string, count: number): string[] {
  return Array.from({ length: count }, (_, at) => addDays(first, at));
}

/** The working days on which people are informed. */
export function sendingDays(): string[] {
  return daysFrom(assumptions.firstDay, 60).filter(
    (day) => day <= assumptions.lastDay && isWorking(day),
  );
}

/** Each day from the first sending to the last opening. */
export function simulate(): Day[] {
  const { people, withMail, bouncing, objecting, postingDays, objectionDays } = assumptions;
  const { reminderDays, withMobile } = assumptions;
  const sending = sendingDays();
  const each = people / sending.length;
  const mails = new Map(sending.map((day) => [day, each * withMail]));
  const letters = new Map(sending.map((day) => [day, each * (1 - withMail + withMail * bouncing)]));
  const due = new Map<string, number>();
  const reminders = new Map<string, number>();
  const texts = new Map<string, number>();
  const add = (day: string, count: number, to = due) => to.set(day, (to.get(day) ?? 0) + count);
  for (const day of sending) {
    // Opened in the night after the forty-second day.
    const informed = each * withMail * (1 - bouncing);
    add(addDays(day, objectionDays + 1), informed * (1 - objecting));
    for (const before of reminderDays)
      add(addDays(day, objectionDays - before), informed * (1 - objecting), reminders);
    const byLetter = letters.get(day) ?? 0;
    const silent = byLetter * (1 - objecting);
    const ends = addDays(day, postingDays + objectionDays);
    add(addDays(ends, 1), silent);
    for (const before of reminderDays) add(addDays(ends, -before), silent * withMobile, texts);
    add(addDays(ends, 1), silent * withMobile, texts);
  }
  const last = [...due.keys()].sort().at(-1) ?? '';
  return daysFrom(assumptions.firstDay, 120)
    .filter((day) => day <= last)
    .map((day) =>
      told({
        day,
        mails: mails.get(day) ?? 0,
        letters: letters.get(day) ?? 0,
        reminders: reminders.get(day) ?? 0,
        texts: texts.get(day) ?? 0,
        due: due.get(day) ?? 0,
      }),
    );
}

function told(one: Pick<Day, 'day' | 'mails' | 'letters' | 'reminders' | 'texts' | 'due'>): Day {
  const { mails, letters, reminders, due } = one;
  const sweep = (unitsPerSecond: number) =>
    (due * openingWritesOfBusierTable) / unitsPerSecond / 60;
  return {
    ...one,
    mailHours: mails / (limits.mailsPerSecond * limits.waveShare) / 3600,
    toldHours:
      (reminders + due * assumptions.withMail) /
      (limits.mailsPerSecond * limits.openingShare) /
      3600,
    printHours: letters / limits.lettersPerSecond / 3600,
    sweepMinutes: sweep(limits.warmedTable),
    sweepMinutesOnNewTable: sweep(limits.newTable),
  };
}

/** What the whole campaign costs in AWS, act by act. Paper, printing and postage are not in it. */
export function costs(): Cost[] {
  const { people, withMail, bouncing, objecting, reminderDays, withMobile } = assumptions;
  const letters = people * (1 - withMail + withMail * bouncing);
  const opened = people * (1 - objecting);
  const dollars = (
    what: keyof typeof units,
    times: number,
    more: { mails?: number; texts?: number; requests?: number } = {},
  ): Cost => {
    const { write, read } = units[what];
    const one =
      write * prices.writeUnits +
      read * prices.readUnits +
      (more.mails ?? 0) * prices.mails +
      (more.texts ?? 0) * prices.texts +
      (more.requests ?? 0) * (prices.restRequests + prices.lambdaRequests) +
      seconds[what] * prices.lambdaGbSeconds +
      // A line or two of the log, of half a kilobyte.
      (more.requests ?? 0) * 5e-7 * prices.logsGb;
    return { what, times, euros: times * one * prices.eurosPerDollar };
  };
  return [
    dollars('import', people),
    dollars('invitation', people * withMail, { mails: 1 }),
    dollars('letter', letters),
    dollars('objection', people * objecting, { requests: 1 }),
    // Who is informed by mail and decides nothing is reminded each time.
    dollars(
      'reminder',
      people * withMail * (1 - bouncing) * (1 - objecting) * reminderDays.length,
      {
        mails: 1,
      },
    ),
    dollars('reminder by text', letters * withMobile * (1 - objecting) * reminderDays.length, {
      texts: 1,
    }),
    // Told by a mail where there is one, else by a text message.
    dollars('opening', opened, { mails: withMail, texts: (letters / people) * withMobile }),
  ];
}
