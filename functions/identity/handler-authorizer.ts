import * as z from 'zod';
import { env, json } from '#shared/env.ts';
import { Issuers } from '#shared/issuers.ts';
import { anonymous, log } from '#shared/log.ts';
import { readAssistedToken } from '#shared/record/assisted.ts';
import { assistedCaller } from './assisted-caller.ts';
import { Unbelieved, verifyToken } from './verify-token.ts';

const { ISSUERS: issuers } = env({ ISSUERS: json(Issuers) });

const Event = z.object({
  methodArn: z.string(),
  headers: z.record(z.string(), z.string()).nullish(),
  requestContext: z.object({ identity: z.object({ sourceIp: z.string() }) }).nullish(),
  multiValueHeaders: z.record(z.string(), z.array(z.string())).nullish(),
});

/** The gateway answers 401 to exactly this message, and 500 to any other failure: it never lets pass. */
const unauthorized = 'Unauthorized';

/** Lets a request with a good access token pass, and tells the room who calls. */
export async function handler(raw: unknown) {
  const { methodArn, headers, multiValueHeaders, requestContext } = Event.parse(raw);
  const token = isTwice(multiValueHeaders ?? {}) ? undefined : bearer(headers ?? {});
  if (token === undefined) throw new Error(unauthorized);
  try {
    const now = Date.now();
    const counter = readAssistedToken(token);
    const address = requestContext?.identity.sourceIp ?? '';
    const caller = counter
      ? await assistedCaller(counter, { address, now })
      : await verifyToken(token, { issuers, now });
    return {
      principalId: `${caller.kind}:${caller.subject}`,
      policyDocument: {
        Version: '2012-10-17',
        Statement: [{ Action: 'execute-api:Invoke', Effect: 'Allow', Resource: methodArn }],
      },
      context: caller,
    };
  } catch (error) {
    if (error instanceof Unbelieved) throw new Error(unauthorized);
    log('error', { event: 'issuer-unreachable', ...anonymous(error) });
    throw new Error('the token could not be checked');
  }
}

/** Two tokens are two claims: which of them counts must not depend on who reads. */
function isTwice(headers: Record<string, string[]>): boolean {
  const given = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'authorization');
  return given.flatMap(([, values]) => values).length > 1;
}

function bearer(headers: Record<string, string>): string | undefined {
  const given = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization');
  return /^Bearer ([A-Za-z0-9._-]{1,8192})$/i.exec(given?.[1] ?? '')?.[1];
}
