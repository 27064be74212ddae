import type { Client } from '#infra/local/client.ts';
import { verifyCertificate } from '#infra/local/verify/certificate.ts';
import { type Holder, tokenOf } from './holder.ts';
import { outcome } from './objections.ts';

/** What became of somebody who closed his record, and had it deleted. */
export interface LeavingTold {
  /** Each of his acts: 200, or the code of the refusal. */
  acts: string[];
  /** Whether the certificate holds offline under the published key, and fails with one byte changed. */
  certificate: boolean;
}

const done = (answer: { status: number; body: unknown }) =>
  answer.status === 200 ? 'done' : outcome(answer);

/** Closes, or closes and asks for the deletion. */
export async function close(client: Client, holder: Holder, deletion: boolean): Promise<string> {
  const token = await tokenOf(client, holder);
  const body = { confirm: true, deletion };
  return done(await client.call({ method: 'POST', path: '/enrolment/closure', token, body }));
}

export async function reopen(client: Client, holder: Holder): Promise<string> {
  const token = await tokenOf(client, holder);
  return done(await client.call({ method: 'POST', path: '/enrolment/reopening', token }));
}

/** Fetches the certificate of the deletion and checks it as anybody can, without asking the service again. */
export async function certified(client: Client, holder: Holder): Promise<boolean> {
  const token = await tokenOf(client, holder);
  const path = '/enrolment/deletion-certificate';
  const fetched = await client.call({ method: 'GET', path, token });
  const published = await client.call({ method: 'GET', path: '/enrolment/certificate-keys' });
  if (fetched.status !== 200 || published.status !== 200) return false;
  const [text, keys] = [JSON.stringify(fetched.body), JSON.stringify(published.body)];
  const changed = text.replace(/"versions":(\d+)/, (_, count) => `"versions":${Number(count) + 1}`);
  return (
    verifyCertificate(text, keys).status === 0 && verifyCertificate(changed, keys).status === 1
  );
}
