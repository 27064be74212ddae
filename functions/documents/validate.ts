import type { AnyResource } from '#shared/fhir/any-resource.ts';
import type { Issue } from '#shared/fhir/issue.ts';
import { outcomeOf } from '#shared/fhir/outcome.ts';
import { operation } from '#shared/http/operation.ts';
import { theJudge } from './judge.ts';
import { routes } from './routes.ts';

export const validateDocument = operation(routes.validateDocument, ({ body }) =>
  judged(body, 'DocumentReference'),
);

export const validateBinary = operation(routes.validateBinary, ({ body }) =>
  judged(body, 'Binary'),
);

const otherType: Issue = {
  severity: 'error',
  type: 'invalid',
  code: 'fhir/other-type',
  text: 'La ressource n’est pas du type que nomme l’adresse',
  expression: 'resourceType',
};

/** Always a 200: the outcome is the answer, also where the resource is found wrong. */
async function judged(resource: AnyResource, type: string) {
  const judge = await theJudge();
  const issues = resource.resourceType === type ? judge(resource) : [otherType];
  return { status: 200, body: outcomeOf(issues) };
}
