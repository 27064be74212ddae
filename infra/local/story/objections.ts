import * as z from 'zod';
import type { Answer, Client } from '#infra/local/client.ts';
import type { Insured } from './people.ts';

const Told = z.object({ code: z.string().optional(), status: z.unknown() });

/** One person objects on the public page, with card and code. */
export function object(client: Client, person: Insured, code: string): Promise<Answer> {
  const body = { nir: person.nir, cardSerial: person.cardSerial, code };
  return client.call({ method: 'POST', path: '/enrolment/oppositions', body });
}

/** The code of a refusal, or 'done'. */
export function outcome(answer: Answer): string {
  if (answer.status === 201) return 'done';
  return Told.safeParse(answer.body).data?.code ?? String(answer.status);
}

const Holds = z.array(z.object({ held: z.number() }));

export interface Midnight {
  intime: Insured;
  late: Insured;
}

export interface MidnightTold {
  /** What became of the objection that arrived at 23:59:59 and was handled after midnight. */
  intime: string;
  /** And of the one that arrived a second later. */
  late: string;
}

/**
 * The last second of a deadline. The gateway stamps both requests and holds them; midnight passes and
 * the records are opened; only then are the requests handled.
 */
export async function atMidnight(
  client: Client,
  asked: Midnight & { codes: Map<string, string>; midnight: string; afterSweep: string },
): Promise<MidnightTold> {
  const send = (person: Insured) => object(client, person, asked.codes.get(person.email) ?? '');
  const before = new Date(Date.parse(asked.midnight) - 1000).toISOString();
  await client.moveTo(before);
  await client.control('POST', '/gateway/hold', { path: '/enrolment/oppositions' });
  const intime = send(asked.intime);
  await held(client, 1);
  await client.moveTo(asked.midnight);
  const late = send(asked.late);
  await held(client, 2);
  await client.moveTo(asked.afterSweep);
  await client.control('DELETE', '/gateway/hold');
  return { intime: outcome(await intime), late: outcome(await late) };
}

async function held(client: Client, count: number): Promise<void> {
  for (let looked = 0; looked < 500; looked += 1) {
    const [hold] = Holds.parse(await client.control('GET', '/gateway/hold'));
    if (hold && hold.held >= count) return;
  }
  throw new Error(`the gateway does not hold ${count} requests`);
}
