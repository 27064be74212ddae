import * as z from 'zod';
import type { Client } from '#infra/local/client.ts';
import { outcome } from './objections.ts';
import type { Insured } from './people.ts';

const Begun = z.object({ activation: z.string() });

/** Somebody of the story with an account of his own. */
export interface Holder {
  readonly person: Insured;
  /** The issuer's name for him. */
  readonly subject: string;
}

export const tokenOf = (client: Client, { subject }: Holder) =>
  client.token('camille', { subject });

/**
 * Activates a record: card and code, conditions and choices, an address confirmed by the six digits of a
 * mail (ENR-41). 'activated', or the code of the refusal.
 */
export async function activate(client: Client, holder: Holder, code: string): Promise<string> {
  const { nir, cardSerial, email } = holder.person;
  const token = await tokenOf(client, holder);
  const body = {
    ...{ nir, cardSerial, code, conditions: client.info.conditions, email },
    choices: { visibility: 'visible', emergency: { breakGlass: 'permit', regulation: 'permit' } },
  };
  const path = '/enrolment/activations';
  const begun = await client.call({ method: 'POST', path, token, body });
  if (begun.status !== 202) return outcome(begun);
  const { activation } = Begun.parse(begun.body);
  const digits = (await client.mails({ to: email })).map(
    ({ text }) => /^ {4}(\d{6})$/m.exec(text)?.[1],
  );
  const otp = digits.findLast((one) => one !== undefined) ?? '';
  const confirmed = await client.call({
    ...{ method: 'POST', path: `${path}/${activation}/confirmation`, token },
    body: { otp },
  });
  return confirmed.status === 200 ? 'activated' : outcome(confirmed);
}

/** Asks for a new code, which a mail brings: 'asked', or the code of the refusal. */
export async function askForCode(client: Client, { person }: Holder): Promise<string> {
  const { nir, cardSerial, birthDate } = person;
  const body = { nir, cardSerial, birthDate };
  const answer = await client.call({ method: 'POST', path: '/enrolment/codes', body });
  await client.idle();
  return answer.status === 202 ? 'asked' : outcome(answer);
}
