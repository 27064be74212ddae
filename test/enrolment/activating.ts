import * as z from 'zod';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { ask } from '#test/support/request.ts';
import { world } from './town.ts';

export const choices = {
  visibility: 'visible',
  emergency: { breakGlass: 'permit', regulation: 'refuse' },
} as const;

/** The conditions that stand now, as the stage says. */
export const { conditions } = world.info;

/** A token of a citizen of any name: the ready people are too few for tests. */
export async function tokenOf(subject: string, { signedInSecondsAgo = 0 } = {}): Promise<string> {
  const query = new URLSearchParams({ person: 'camille', subject });
  query.set('signedInSecondsAgo', String(signedInSecondsAgo));
  const path = `/token?${query}`;
  const answer = await ask(world.info.issuer, { path });
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.text;
}

export interface Activating {
  readonly code: string;
  readonly token: string;
  readonly email?: string;
  readonly from?: string;
  readonly change?: object;
}

/** `POST /enrolment/activations` as a citizen does it. */
export function begin(person: InsuredRow, { code, token, email, from, change }: Activating) {
  const { nir, cardSerial } = person;
  return world.request({
    method: 'POST',
    path: '/enrolment/activations',
    token,
    body: {
      ...{ nir, cardSerial, code, conditions, choices },
      email: email ?? addressOf(person),
      ...change,
    },
    ...(from ? { from } : {}),
  });
}

/** The address that a person gives: not the one that the insurer has. */
export const addressOf = (person: InsuredRow): string => `neuf-${person.nir}@exemple.invalid`;

export const Begun = z.object({
  activation: z.string(),
  sentTo: z.string(),
  otpUntil: z.string(),
  resendAfter: z.string(),
});

/** The digits that were mailed to an address, latest last. */
export async function otpsTo(to: string): Promise<string[]> {
  const mails = await world.mails({ to });
  return mails.flatMap(({ text }) => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? []);
}

export function confirm(activation: string, { otp, token }: { otp: string; token: string }) {
  const path = `/enrolment/activations/${activation}/confirmation`;
  return world.request({ method: 'POST', path, token, body: { otp } });
}

/** The whole way: begins, reads the mail, confirms. */
export async function activate(person: InsuredRow, by: Activating) {
  const answer = await begin(person, by);
  if (answer.status !== 202) return answer;
  const { activation } = Begun.parse(answer.body);
  const otp = (await otpsTo(by.email ?? addressOf(person))).at(-1) ?? '';
  return confirm(activation, { otp, token: by.token });
}

export const me = (token: string) => world.request({ path: '/identity/me', token });
