import { transact } from '#shared/aws/transact.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { backlog, measure } from '#shared/log.ts';
import { newId } from '#shared/random.ts';
import { invitePk, letterPk } from './due.ts';
import { isAnybodyDue } from './due-store.ts';
import { append } from './lines.ts';
import { type SendingMessage, sendingShardsOf } from './messages.ts';
import { isEnded } from './rules/order-wave.ts';
import { keyOf, partsOf, unsentParts } from './wave-parts.ts';
import { allWaves, type StoredWave, waveWrite } from './wave-store.ts';
import { reopenWork } from './work-store.ts';

const begin = 'enrolment/begin-wave';
const complete = 'enrolment/complete-wave';

async function change(
  stands: StoredWave,
  to: Partial<StoredWave> & Pick<StoredWave, 'state'>,
  action: string,
  now: number,
): Promise<void> {
  const { wave } = stands;
  const { next, line } = append({ ...stands, ...to }, `wave:${wave}`, {
    id: newId(),
    at: now,
    actor: { kind: 'system', id: 'start-sending' },
    channel: 'clock',
    action,
    object: { kind: 'wave', id: wave, wave, from: stands.state, to: to.state },
    visible: 'operator',
  });
  await transact([waveWrite(next, stands.version), journalWrite(line)]);
}

/** Partitions of the due index that are asked at once. */
const lanes = 16;

/**
 * The parts of a wave in which somebody is due, though all were sent: an import went on meanwhile.
 * They are made to be done again.
 */
async function partsComeAlive(wave: StoredWave): Promise<SendingMessage[]> {
  const alive: SendingMessage[] = [];
  await inLanes(partsOf(wave), lanes, async (part) => {
    const { department, quarter } = part;
    for (const shard of sendingShardsOf(quarter)) {
      const pks = [invitePk(department, shard), letterPk(department, shard)];
      const due = await Promise.all(pks.map((pk) => isAnybodyDue(pk)));
      if (!due.includes(true)) continue;
      await reopenWork({ kind: 'SENDING', of: wave.wave, part: keyOf(part) });
      alive.push(part);
      return;
    }
  });
  return alive;
}

/**
 * Work messages for every wave that is due and not done: all of it on the first run, what is left on
 * the next ones. Marks a wave begun, and complete once no part is left
 * and nobody has come since. Tells
 * how many are not done, and since when the oldest is being sent.
 */
export async function startSending(now: number): Promise<SendingMessage[]> {
  const messages: SendingMessage[] = [];
  const overdue: string[] = [];
  const at = new Date(now).toISOString();
  for (const wave of await allWaves()) {
    const isOver = isEnded(wave.state) || wave.state === 'paused';
    if (isOver || wave.sendOn > parisDay(now)) continue;
    if (wave.state === 'planned') await change(wave, { state: 'sending', begunAt: at }, begin, now);
    const { unsent, inHand } = await unsentParts(wave, now);
    const left = unsent.length > 0 ? unsent : await partsComeAlive(wave);
    if (left.length === 0) await change(wave, { state: 'sent', completedAt: at }, complete, now);
    else overdue.push(wave.begunAt ?? at);
    messages.push(...left.filter((part) => !inHand.has(keyOf(part))));
  }
  measure(backlog('start-sending', overdue, now), now);
  return messages;
}
