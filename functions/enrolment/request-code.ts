import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { decoyWrites, networkWrite, triedWrite } from './attempts-store.ts';
import {
  birthFits,
  cardFits,
  claimFits,
  identify,
  limits,
  placeOf,
  readClaimed,
  withinQuota,
} from './identify.ts';
import { append, record } from './lines.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { publicRoutes as routes } from './routes-public.ts';
import { mayRequestCode, wishOf } from './rules/may-request-code.ts';
import type { CodeRequest } from './schema.ts';

/** The same words for everybody. */
const accepted = {
  status: 'accepted',
  message:
    'Si ces informations sont exactes et si nous connaissons votre adresse, un nouveau code vous est envoyé.',
} as const;

export interface Requesting {
  readonly body: CodeRequest;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
}

export const requestCode = operation(routes.requestCode, async (asked) => {
  await request(asked);
  return { status: 202, body: accepted };
});

/**
 * Notes the wish for a new code where the facts fit, and why not where they do not; five writes for all.
 * Wishes count apart from wrong codes: who asks often is heard with the code all the same.
 */
export async function request({ body, receivedAt, now, sourceIp }: Requesting): Promise<void> {
  const { nir, birthDate } = body;
  const child = body.child && { birthDate, ...body.child };
  const claimed = await identify({ nir, child, sourceIp, receivedAt });
  withinQuota(claimed);
  const { by = 'mail' } = body;
  const id = newId();
  await untilUnrivalled(async () => {
    const { status, code, tried, counts } = await readClaimed(claimed);
    const network = networkWrite(claimed.at, now);
    const fits = {
      claimFits: claimFits(claimed, status, receivedAt),
      cardFits: cardFits(claimed, status, body.cardSerial),
      birthFits: birthFits(claimed, status, body.birthDate),
    };
    const isEnough = counts.asked > limits.softPerHour;
    if (!status || isEnough) return transact([network, ...decoyWrites(4, now)]);
    const verdict = mayRequestCode(
      { ...fits, status, code, asked: counts.asked, receivedAt, by },
      limits,
    );
    const { next, line } = append(status, status.holder, {
      id,
      at: receivedAt,
      actor: { kind: 'anonymous', id: 'public' },
      channel: 'web',
      place: placeOf(claimed),
      action: by === 'letter' ? 'enrolment/request-letter' : 'enrolment/request-code',
      object: record(status, {}),
      ...(verdict === 'yes' ? {} : { outcome: 'refused', reason: `enrolment/${verdict}` }),
    });
    const wished = wishOf({ status, code, by, seq: line.seq, receivedAt });
    const asked = {
      before: tried,
      counts: { ...counts, asked: counts.asked + 1 },
      code: code?.current,
      now,
    };
    const isTheirs = fits.claimFits && fits.cardFits && fits.birthFits;
    return transact([
      network,
      ...(isTheirs ? [triedWrite(claimed.at, asked)] : decoyWrites(1, now)),
      statusWrite(next, status.version),
      ...(verdict === 'yes' ? [codeWrite(wished, code?.revision)] : decoyWrites(1, now)),
      journalWrite(line),
    ]);
  });
}
