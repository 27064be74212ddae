import type { Client } from '#infra/local/client.ts';
import { outcome } from './objections.ts';
import type { Insured } from './people.ts';

/** An agent takes an objection that somebody made by phone or by post: 'done', or the code of the refusal. */
export async function bring(
  client: Client,
  person: Insured,
  made: { channel: 'phone' | 'post'; on: string },
): Promise<string> {
  const token = await client.token('conseiller');
  const checks =
    made.channel === 'post'
      ? ['name', 'birth-date', 'address', 'signature', 'identity-paper']
      : ['name', 'birth-date', 'address', 'call-back'];
  const body = {
    ...{ nir: person.nir, birthDate: person.birthDate, channel: made.channel, madeOn: made.on },
    checks,
  };
  return outcome(
    await client.call({ method: 'POST', path: '/enrolment/agent-oppositions', token, body }),
  );
}
