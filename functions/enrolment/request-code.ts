import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { decoyWrites, failureWrites } from './attempts-store.ts';
import { birthFits, cardFits, identify, limits, readClaimed } from './identify.ts';
import { append, record } from './lines.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { routes } from './routes.ts';
import { mayRequestCode } from './rules/may-request-code.ts';
import type { CodeRequest } from './schema.ts';
import { transact, untilUnrivalled } from './transact.ts';

/** The same words for everybody. */
const accepted = {
  status: 'accepted',
  message:
    'Si ces informations sont exactes et si nous connaissons votre adresse électronique, un nouveau code vous est envoyé.',
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

/** Notes the wish for a new code, where the facts fit; five writes whether they do or not. */
export async function request({ body, receivedAt, now, sourceIp }: Requesting): Promise<void> {
  const claimed = await identify({ nir: body.nir, sourceIp, receivedAt });
  const id = newId();
  await untilUnrivalled(async () => {
    const { status, code, failures } = await readClaimed(claimed);
    const counted = failureWrites(claimed.at, now);
    const facts = {
      status,
      code,
      cardFits: cardFits(claimed, status, body.cardSerial),
      birthFits: birthFits(claimed, status, body.birthDate),
      softFailures: failures,
      receivedAt,
    };
    if (!status || !mayRequestCode(facts, limits))
      return transact([...counted, ...decoyWrites(3, now)]);
    const { next, line } = append(status, status.holder, {
      id,
      at: receivedAt,
      actor: { kind: 'anonymous', id: 'public' },
      channel: 'web',
      action: 'enrolment/request-code',
      object: record(status, {}),
    });
    const wished = {
      ...(code ?? { holder: status.holder }),
      revision: (code?.revision ?? 0) + 1,
      requested: line.seq,
      requestedAt: new Date(receivedAt).toISOString(),
    };
    return transact([
      ...counted,
      statusWrite(next, status.version),
      codeWrite(wished, code?.revision),
      journalWrite(line),
    ]);
  });
}
