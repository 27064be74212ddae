import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Provider } from 'oidc-provider';
import type { IssuerKind } from '../engine.ts';
import { answer } from '../wire/answer.ts';
import { readBody } from '../wire/body.ts';
import { loginPage } from './pages.ts';
import { personBy } from './people.ts';

const maxBodyBytes = 4096;

/** The sign-in page of one issuer: shows its people, and signs in the one who is chosen. */
export async function login(
  { req, res }: { readonly req: IncomingMessage; readonly res: ServerResponse },
  {
    provider,
    kind,
    now,
  }: { readonly provider: Provider; readonly kind: IssuerKind; readonly now: number },
): Promise<void> {
  await provider.interactionDetails(req, res);
  const chosen = req.method === 'POST' ? await chosenPerson(req) : undefined;
  if (chosen === undefined || chosen.kind !== kind) {
    const headers = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' };
    return answer(res, { status: 200, now, headers, body: loginPage(kind) });
  }
  const { subject: accountId, acr } = chosen;
  await provider.interactionFinished(req, res, { login: { accountId, acr } });
}

async function chosenPerson(req: IncomingMessage) {
  const form = new URLSearchParams((await readBody(req, maxBodyBytes)).toString('utf8'));
  return personBy(form.get('person') ?? undefined);
}
