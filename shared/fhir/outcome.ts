import * as z from 'zod';
import type { Fault, Problem } from '../http/problem.ts';
import type { Issue } from './issue.ts';

/** The code system of our refusals in `details.coding`. */
export const refusalSystem = 'urn:mon-espace-sante:refusal';

export const OperationOutcome = z.looseObject({
  resourceType: z.literal('OperationOutcome'),
  issue: z
    .array(
      z.looseObject({
        severity: z.enum(['fatal', 'error', 'warning', 'information']),
        code: z.string(),
        details: z.looseObject({
          coding: z.array(z.looseObject({ system: z.string(), code: z.string() })).optional(),
          text: z.string(),
        }),
        diagnostics: z.string().optional(),
        expression: z.array(z.string()).optional(),
      }),
    )
    .min(1),
});
export type OperationOutcome = z.infer<typeof OperationOutcome>;

/** FHIR's word for what an HTTP status says. */
const types: Readonly<Record<number, string>> = {
  400: 'invalid',
  401: 'login',
  403: 'forbidden',
  404: 'not-found',
  406: 'not-supported',
  409: 'conflict',
  413: 'too-long',
  415: 'not-supported',
  422: 'business-rule',
  429: 'throttled',
  503: 'transient',
};
const typeOf = (status: number): string =>
  types[status] ?? (status < 500 ? 'processing' : 'exception');

/** The code system of the ids of rules, beside it. */
export const ruleSystem = 'urn:mon-espace-sante:rule';

const coded = (code: string, text: string, rule?: string) => ({
  coding: [
    { system: refusalSystem, code },
    ...(rule === undefined ? [] : [{ system: ruleSystem, code: rule }]),
  ],
  text,
});

/** The outcome that tells remarks on a resource; one of severity `information` when there is none. */
export function outcomeOf(issues: readonly Issue[]): OperationOutcome {
  const none = {
    severity: 'information' as const,
    code: 'informational',
    details: { text: 'Aucune erreur' },
  };
  const told = issues.map(({ severity, type, code, rule, text, expression }) => ({
    severity,
    code: type,
    details: coded(code, text, rule),
    ...(expression === undefined ? {} : { expression: [expression] }),
  }));
  return { resourceType: 'OperationOutcome', issue: told.length > 0 ? told : [none] };
}

/** The outcome that tells a problem: one issue, or one for each fault of the request. */
export function outcomeOfProblem(problem: Problem): OperationOutcome {
  const { type: _, title, status, code, errors, ...facts } = problem;
  const one = { severity: 'error' as const, code: typeOf(status), details: coded(code, title) };
  const said = Object.entries(facts).map(([name, value]) => `${name}: ${String(value)}`);
  if (!errors || errors.length === 0)
    return {
      resourceType: 'OperationOutcome',
      issue: [said.length > 0 ? { ...one, diagnostics: said.join('; ') } : one],
    };
  return {
    resourceType: 'OperationOutcome',
    issue: errors.map((fault) => ({ ...one, diagnostics: diagnosticsOf(fault) })),
  };
}

const diagnosticsOf = ({ field, code }: Fault): string =>
  field === '' ? code : `${field}: ${code}`;
