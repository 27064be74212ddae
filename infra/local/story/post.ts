import { Batches, Manifest } from '#functions/enrolment/schema-letters.ts';
import type { Client } from '#infra/local/client.ts';
import { parisDay } from '#shared/kernel/calendar.ts';

/** What the print shop did for a wave. */
export interface PostTold {
  /** Letters that were posted; one of them came back. */
  posted: number;
  returned: number;
}

const shop = (client: Client) => client.token('imprimerie');

async function ask(client: Client, method: string, path: string, body?: unknown) {
  const token = await shop(client);
  const answer = await client.call({ method, path, token, ...(body ? { body } : {}) });
  if (answer.status >= 300) throw new Error(`${path}: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

const batchesPath = '/enrolment/letter-batches';

/** The batches that wait to be posted. */
async function ready(client: Client) {
  const { batches } = Batches.parse(await ask(client, 'GET', `${batchesPath}?limit=50`));
  return batches.filter(({ state }) => state === 'ready');
}

/** An agent orders a wave's letters; the shop prints and posts them all today. */
export async function postLetters(client: Client, agent: string, wave: string): Promise<string[]> {
  const token = await client.token(agent);
  const path = '/enrolment/letter-orders';
  const answer = await client.call({ method: 'POST', path, token, body: { wave } });
  if (answer.status !== 202) throw new Error(`${wave}: ${JSON.stringify(answer.body)}`);
  await client.idle();
  const postedOn = parisDay(Date.parse(await client.clock()));
  const references: string[] = [];
  for (const { batch } of await ready(client)) {
    const { pages } = Manifest.parse(await ask(client, 'GET', `${batchesPath}/${batch}/manifest`));
    await ask(client, 'POST', `${batchesPath}/${batch}/posting`, { postedOn });
    references.push(...pages.map(({ reference }) => `${batch} ${reference}`));
  }
  await client.idle();
  return references;
}

/** One letter comes back. */
export async function returnLetter(client: Client, letter: string): Promise<void> {
  const [batch = '', reference = ''] = letter.split(' ');
  const returnedOn = parisDay(Date.parse(await client.clock()));
  const returns = [{ reference, returnedOn, reason: 'unknown-at-address' }];
  await ask(client, 'POST', `${batchesPath}/${batch}/returns`, { returns });
  await client.idle();
}
