import type { Client } from '#infra/local/client.ts';
import { bringIn } from '#infra/local/story/intake.ts';
import { csvOf } from '#infra/local/story/people.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { demoPeople } from './people.ts';

const wave = 'demo';

/**
 * Gives an empty world its ready people, by the ways that everyone takes: file, wave, mail. A world
 * that has them keeps them.
 */
export async function seedDemo(client: Client): Promise<void> {
  const token = await client.token('campagne');
  const path = `/enrolment/waves/${wave}`;
  const found = await client.call({ method: 'GET', path, token });
  if (found.status === 404) await invite(client, token, path);
}

async function invite(client: Client, token: string, path: string): Promise<void> {
  await bringIn(client, { token, file: 'demo.csv', text: csvOf(demoPeople) });
  const body = {
    sendOn: parisDay(Date.parse(await client.clock())),
    departments: [...new Set(demoPeople.map(({ department }) => department))],
  };
  const answer = await client.call({ method: 'PUT', path, token, body });
  if (answer.status !== 200) throw new Error(`no demo wave: ${JSON.stringify(answer.body)}`);
  // As an operator may at any hour: the clock need not reach nine in the morning. The second time finds
  // the wave done, so that it takes nobody who is imported later.
  for (const _ of ['send', 'complete']) {
    await client.control('POST', '/invoke/enrolment-clock', { job: 'start-sending' });
    await client.idle();
  }
}
