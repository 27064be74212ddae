import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { decoyWrites, networkWrite, triedWrite } from './attempts-store.ts';
import {
  birthFits,
  type Claimed,
  cardFits,
  claimFits,
  identify,
  limits,
  onBeat,
  placeOf,
  readClaimed,
  withinQuota,
} from './identify.ts';
import { append, record } from './lines.ts';
import { actsForHimself } from './own-card.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { publicRoutes as routes } from './routes-public.ts';
import { mayRequestCode, wishOf } from './rules/may-request-code.ts';
import { eachOnce } from './rules/whose-code.ts';
import type { CodeRequest } from './schema-public.ts';

/** The same words for everybody. */
const accepted = {
  status: 'accepted',
  message:
    'Si ces informations sont exactes et si nous connaissons votre adresse, un nouveau code vous est envoyé. Si plusieurs de vos enfants sont nés le même jour, dites pour lequel.',
} as const;

export interface Requesting {
  readonly body: CodeRequest;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
}

export const requestCode = operation(routes.requestCode, async (asked) => {
  await onBeat(await request(asked));
  return { status: 202, body: accepted };
});

/**
 * Notes the wish for a new code where the facts fit, and why not where they do not; five writes for all. Gives who was claimed.
 * Wishes count apart from wrong codes: who asks often is heard with the code all the same.
 */
export async function request({ body, receivedAt, now, sourceIp }: Requesting): Promise<Claimed> {
  const { nir, birthDate } = body;
  const child = body.child && { birthDate, ...body.child };
  const claimed = await identify({ nir, child, sourceIp, receivedAt });
  await withinQuota(claimed);
  const { by = 'mail' } = body;
  // Nothing says whose code is wanted: none is guessed.
  const { sameDay } = claimed;
  const isUnclear = sameDay?.rank === undefined && eachOnce(sameDay?.places ?? []).length > 1;
  const id = newId();
  await untilUnrivalled(async () => {
    const { status, code, tried, counts } = await readClaimed(claimed);
    const network = networkWrite(claimed.at, now);
    const byMinor = actsForHimself(claimed, status, receivedAt);
    const fits = {
      claimFits: byMinor || claimFits(claimed, status, receivedAt),
      cardFits: cardFits(claimed, status, body.cardSerial),
      birthFits: birthFits(claimed, status, body.birthDate),
    };
    const isEnough = counts.asked > limits.softPerHour;
    if (!status || isEnough) return transact([network, ...decoyWrites(4, now)]);
    const verdict = mayRequestCode(
      { ...fits, ...{ isUnclear, status, code, byMinor }, asked: counts.asked, receivedAt, by },
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
    const wished = wishOf({ status, code, by, byMinor, seq: line.seq, receivedAt });
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
  return claimed;
}
