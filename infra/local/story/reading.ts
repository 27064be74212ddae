import * as z from 'zod';
import { HistoryExport } from '#functions/journal/schema.ts';
import type { Client } from '#infra/local/client.ts';
import { demoDeposit } from '#infra/local/demo/deposit.ts';
import { type Holder, tokenOf } from './holder.ts';
import { outcome } from './objections.ts';

const Outcome = z.object({
  issue: z.array(
    z.object({ details: z.object({ coding: z.array(z.object({ code: z.string() })) }) }),
  ),
});
const Found = z.object({
  entry: z.array(
    z.object({
      resource: z.object({
        content: z.array(z.object({ attachment: z.object({ url: z.string() }) })),
      }),
    }),
  ),
});
const History = z.object({ entries: z.array(z.object({ actionDescription: z.string() })) });
const Verified = z.object({ ok: z.boolean() });

/** A hospital's software files a report for somebody (ITI-105): 'filed', or what was answered. */
export async function deposit(client: Client, { person }: Holder): Promise<string> {
  const at = Date.parse(await client.clock());
  const token = await client.token('hopital');
  const body = demoDeposit({ nir: person.nir, at });
  const path = '/fhir/DocumentReference';
  const answer = await client.call({ method: 'POST', path, token, body });
  return answer.status === 201 ? 'filed' : (refusalOf(answer.body) ?? String(answer.status));
}

const refusalOf = (body: unknown) =>
  Outcome.safeParse(body).data?.issue[0]?.details.coding[0]?.code;

/** The address of the newest document of a holder's list (ITI-67); undefined for an empty one. */
export async function newest(client: Client, holder: Holder): Promise<string | undefined> {
  const token = await tokenOf(client, holder);
  const found = await client.call({ method: 'GET', path: '/fhir/DocumentReference', token });
  return Found.safeParse(found.body).data?.entry[0]?.resource.content[0]?.attachment.url;
}

/** Reads a content (ITI-68): its words, or the code of the refusal. */
export async function read(client: Client, holder: Holder, url: string): Promise<string> {
  const token = await tokenOf(client, holder);
  const { status, body } = await client.call({ method: 'GET', path: `/fhir/${url}`, token });
  if (status === 200) return String(body);
  return refusalOf(typeof body === 'string' ? undefined : body) ?? String(status);
}

/** What the history tells its holder, newest first. */
export async function history(client: Client, holder: Holder): Promise<string[]> {
  const token = await tokenOf(client, holder);
  const answer = await client.call({ method: 'GET', path: '/journal/history', token });
  if (answer.status !== 200) return [outcome(answer)];
  return History.parse(answer.body).entries.map(({ actionDescription }) => actionDescription);
}

/** Whether the service itself finds the history whole. */
export async function verified(client: Client, holder: Holder): Promise<boolean> {
  const token = await tokenOf(client, holder);
  const answer = await client.call({ method: 'GET', path: '/journal/verification', token });
  return Verified.parse(answer.body).ok;
}

/** The history as its holder downloads it, to be verified without the service. */
export async function exported(client: Client, holder: Holder): Promise<string> {
  const token = await tokenOf(client, holder);
  const answer = await client.call({ method: 'GET', path: '/journal/history/export', token });
  return JSON.stringify(HistoryExport.parse(answer.body));
}
