import * as z from 'zod';
import { env, json } from '#shared/env.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { actOnNamed, type Verdict } from './act-on-named.ts';
import { agentAs } from './agents.ts';
import { contestWrites } from './contest-store.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { stopRoutes as routes } from './routes-stops.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { restored } from './rules/restored.ts';
import type { DeathCorrected } from './schema-stops.ts';
import type { Deceased, Status } from './stored.ts';

const { DELETION_DELAYS: delays, SUSPENSION_DAYS: termDays } = env({
  DELETION_DELAYS: json(DeletionDelays),
  SUSPENSION_DAYS: z.coerce.number().int().min(1).max(366),
});

/** Takes back a death that was told wrongly (ENR-46): the record stands as before. Again, it gets the same answer. */
export const correctDeath = operation(
  routes.correctDeath,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentAs(['civil-status'], caller);
    const naming = { body, agent, action: 'enrolment/correct-death', receivedAt, now };
    const reference = newId();
    const answer = await actOnNamed(naming, (status) =>
      decide(status, { agent, reference, receivedAt }),
    );
    return { status: 200, body: answer };
  },
);

interface Correcting {
  readonly agent: SignedIn;
  readonly reference: string;
  readonly receivedAt: number;
}

function decide(status: Status, correcting: Correcting): Verdict<DeathCorrected> {
  if (status.status === 'deceased') {
    const { next, lines } = back(status, correcting);
    const writes = [
      statusWrite(next, status.version),
      ...contestWrites([status], [next], { at: correcting.receivedAt }),
      ...lines.map(journalWrite),
    ];
    return {
      is: 'change',
      writes,
      answer: told(next, new Date(correcting.receivedAt).toISOString()),
    };
  }
  if ('diedOn' in status && status.diedOn) return { is: 'told', reason: 'deletion-begun' };
  if (status.deathTakenBack)
    return { is: 'repeat', answer: told(status, status.deathTakenBack.at) };
  return { is: 'told', reason: 'not-deceased' };
}

/** Two lines where the record is counted elsewhere from now on, as it left its wave: one leaves, one arrives. */
function back(status: Deceased, { agent, reference, receivedAt: at }: Correcting) {
  const to = restored(status, { reference, at, delays, termDays });
  const moves = to.wave !== status.wave;
  const by = { at, actor: actorOf(agent), channel: 'api' } as const;
  const first = append<Status>(to, status.holder, {
    ...{ id: reference, ...by, action: 'enrolment/correct-death' },
    object: record(status, { from: 'deceased', ...(moves ? {} : { to: to.status }) }),
  });
  if (!moves) return { next: first.next, lines: [first.line] };
  const second = append(first.next, status.holder, {
    ...{ id: newId(), ...by, action: 'enrolment/leave-wave' },
    object: record(to, { to: to.status }),
  });
  const lines: JournalLine[] = [first.line, second.line];
  return { next: second.next, lines };
}

const told = ({ status }: Status, correctedAt: string): DeathCorrected => ({ status, correctedAt });
