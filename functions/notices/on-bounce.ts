import { newId } from '#shared/random.ts';
import { letterDays } from './letter-days.ts';
import { letterWrite } from './letter-store.ts';
import { noteInJournal } from './lines.ts';
import { leftToLetter, loadNotice, noteUnreached } from './notice-store.ts';
import { InHand } from './on-fact.ts';
import { letterDay, letterIn, noticeOfTag } from './rules.ts';

/**
 * A mail came back for good: the notice is left to a letter, and the journal says so, once however often
 * the bounce is told. Where one of several addresses gave it back a letter goes as well: rather twice
 * than not at all.
 */
export async function onBounce(tag: string, now: number): Promise<void> {
  const at = noticeOfTag(tag);
  const stands = at && (await loadNotice(at));
  if (!stands) throw new Error('a bounce of a notice that is not there');
  // Faster than the note that it was accepted: that comes first.
  if (stands.state === 'prepared') throw new InHand();
  if (stands.state === 'unreached' || (stands.state === 'letter' && !stands.partly)) return;
  const days = letterIn(stands.code, letterDays);
  if (days === undefined) return noteUnreached(at, stands.token);
  const day = letterDay(now, days);
  await noteInJournal(at, {
    ...{ id: newId(), at: now, says: 'undeliverable' },
    beside: [
      leftToLetter(at, { token: stands.token, day, from: stands.partly ? 'partly' : 'sent' }),
      letterWrite(
        { holder: at.holder, left: [{ notice: at.notice, code: stands.code }] },
        { day, reason: 'undeliverable' },
      ),
    ],
  });
}
