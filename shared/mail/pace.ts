import { setTimeout } from 'node:timers/promises';

/**
 * Parts of the mails that the account may send a second. Each holds whatever the others do: a night of
 * openings, or a day of reminders, must not keep a blocked code or a stranger's sign-in from being told. The rest, a tenth, is
 * for codes that somebody waits for, and for repeats.
 */
export const shares = { waves: 0.3, openings: 0.4, notices: 0.2 } as const;

/** Part of the text messages a second that notices may take: the rest is for codes. */
export const textShare = 0.8;

/** Time between two mails of one worker in ms, so that all of them together keep to their share. */
export function gapOf(pace: { share: number; mailsPerSecond: number; workers: number }): number {
  return (1000 * pace.workers) / (pace.share * pace.mailsPerSecond);
}

/** Longest that a waiting worker does not look up, in real time. */
const lookUpMs = 1000;

/**
 * Waits until a worker may send its next mail, in real time; the first one of a rested worker at once. The gap
 * (ms) is asked each time, since it may be changed meanwhile; `goesOn` every second, and false ends the wait.
 */
export function pacer(
  gapMs: () => number,
  goesOn: () => Promise<boolean> = async () => true,
): () => Promise<void> {
  let free = 0;
  return async () => {
    free = Math.max(performance.now(), free + gapMs());
    const mine = free;
    for (let left = mine - performance.now(); left >= 1; left = mine - performance.now()) {
      if (!(await goesOn())) return;
      await setTimeout(Math.min(left, lookUpMs));
    }
  };
}
