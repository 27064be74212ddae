import * as z from 'zod';
import { judge, PolicyDocument } from '#infra/local/door/policy.ts';
import type { Outcome } from '#infra/local/lambda/function.ts';
import type { RestEvent } from './event.ts';

const AuthorizerAnswer = z.looseObject({
  principalId: z.string(),
  policyDocument: PolicyDocument,
  context: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
});

export type Admission =
  | { readonly admitted: true; readonly context: Readonly<Record<string, string>> }
  | { readonly admitted: false; readonly refusal: string };

/** Asks the Lambda authorizer about one request; its policy is judged on the method, its context handed on as texts. */
export async function admit(
  event: RestEvent,
  { methodArn, invoke }: { methodArn: string; invoke: (event: unknown) => Promise<Outcome> },
): Promise<Admission> {
  const { body: _body, isBase64Encoded: _encoded, ...seen } = event;
  const outcome = await invoke({ type: 'REQUEST', methodArn, ...seen });
  if (!outcome.ok) {
    const refusal =
      outcome.error.errorMessage === 'Unauthorized' ? 'UNAUTHORIZED' : 'AUTHORIZER_FAILURE';
    return { admitted: false, refusal };
  }
  const answer = AuthorizerAnswer.safeParse(outcome.result);
  if (!answer.success) return { admitted: false, refusal: 'AUTHORIZER_CONFIGURATION_ERROR' };
  const { policyDocument, context, principalId } = answer.data;
  const verdict = judge(policyDocument.Statement, {
    action: 'execute-api:Invoke',
    resource: methodArn,
  });
  if (!verdict.allowed) return { admitted: false, refusal: 'ACCESS_DENIED' };
  const texts = Object.entries(context).map(([name, value]) => [name, String(value)]);
  return { admitted: true, context: { ...Object.fromEntries(texts), principalId } };
}
