import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { append } from './lines.ts';
import { type Order, ordered } from './rules/order-wave.ts';
import { refuse } from './rules.ts';
import { loadWave, type StoredWave, waveWrite } from './wave-store.ts';

export interface Ordering {
  readonly wave: string;
  readonly agent: SignedIn;
  /** Becomes the id of the line. */
  readonly id: string;
  readonly now: number;
}

/** Gives an order to a wave; the same order again changes nothing and writes no line. */
export function order(what: Order, { wave, ...by }: Ordering): Promise<StoredWave> {
  return change(wave, by, (stands) => {
    const to = ordered(stands, what, parisDay(by.now));
    if (to === 'same') return undefined;
    if (to === 'wave-ended' || to === 'wave-not-due') throw refuse(to);
    const at = new Date(by.now).toISOString();
    const { pausedAt: _pausedAt, ...rest } = stands;
    const marks = {
      ...(to === 'sending' && stands.begunAt === undefined ? { begunAt: at } : {}),
      ...(to === 'paused' ? { pausedAt: at } : {}),
      ...(to === 'stopped' ? { stoppedAt: at } : {}),
    };
    return { next: { ...rest, ...marks, state: to }, action: `enrolment/${what}-wave`, said: to };
  });
}

interface Change {
  readonly next: StoredWave;
  readonly action: string;
  /** What the line says of it. */
  readonly said: string;
}

/** Changes a wave with its line; `undefined` from the decision leaves it as it is. */
export function change(
  wave: string,
  { agent, id, now }: Omit<Ordering, 'wave'>,
  decide: (stands: StoredWave) => Change | undefined,
): Promise<StoredWave> {
  return untilUnrivalled(async () => {
    const stands = await loadWave(wave);
    if (!stands) throw refuse('unknown-wave');
    const decided = decide(stands);
    if (!decided) return stands;
    const { next, line } = append(decided.next, `wave:${wave}`, {
      ...{ id, at: now, actor: actorOf(agent), channel: 'api', action: decided.action },
      object: { kind: 'wave', id: wave, wave, from: stands.state, to: decided.said },
      visible: 'operator',
    });
    await transact([waveWrite(next, stands.version), journalWrite(line)]);
    return next;
  });
}
