import type { Client } from '#infra/local/client.ts';
import { type Holder, tokenOf } from './holder.ts';

const dayMs = 86_400_000;
const tenYearsMs = 10 * 365.25 * dayMs;

/**
 * Ten years and some weeks later: whoever had his record deleted is asked for his certificate once more. `forgotten`,
 * or what he was answered.
 */
export async function tenYearsLater(client: Client, { person, subject }: Holder): Promise<string> {
  const ahead = async (ms: number) => new Date(Date.parse(await client.clock()) + ms).toISOString();
  await client.leapTo(await ahead(tenYearsMs + 60 * dayMs));
  // What the first night begins, the next ones finish.
  await client.moveTo(await ahead(2 * dayMs));
  await client.idle();
  const token = await tokenOf(client, { person, subject });
  const asked = await client.call({
    ...{ method: 'GET', path: '/enrolment/deletion-certificate', token },
  });
  const { body } = await client.call({ method: 'GET', path: '/identity/me', token });
  const isLinked = JSON.stringify(body).includes('"record"');
  return asked.status === 404 && !isLinked ? 'forgotten' : `${asked.status}`;
}
