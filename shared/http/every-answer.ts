import type { MiddlewareObj } from '@middy/core';
import { isPassing } from '../aws/faults.ts';
import { Unfit } from '../fhir/issue.ts';
import { type OperationOutcome, outcomeOf, outcomeOfProblem } from '../fhir/outcome.ts';
import { Refusal } from '../kernel/refusal.ts';
import { anonymous, log, logDamage } from '../log.ts';
import { IntegrityError } from '../sealing/integrity.ts';
import type { RestAnswer } from './event.ts';
import { internal, type Problem, problemOf, Refused, request } from './problem.ts';
import type { Route } from './route.ts';

/** Every answer of the API is private, and nothing of it is to be run or framed. */
const headers = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': '',
  'referrer-policy': 'no-referrer',
  'strict-transport-security': 'max-age=63072000; includeSubDomains; preload',
  'x-content-type-options': 'nosniff',
};

type EveryAnswer<Body> = MiddlewareObj<unknown, RestAnswer<Body | string>>;

/** Adds the security headers to each answer, problems included. */
export function secured<Body>(): EveryAnswer<Body> {
  const add: NonNullable<EveryAnswer<Body>['after']> = (handled) => {
    if (handled.response) handled.response.headers = { ...headers, ...handled.response.headers };
  };
  return { after: add, onError: add };
}

/** Tells refusals to the caller; a failing dependency is a 503, anything unforeseen a bare 500. */
export function problems<Body>(route: Route): EveryAnswer<Body> {
  return {
    onError: (handled) => {
      handled.response = answerOf(handled.error, route);
    },
  };
}

function answerOf(error: unknown, route: Route): RestAnswer {
  const tell = route.fhir ? toldAsOutcome : route.media === 'text/html' ? toldAsPage : told;
  const at = `${route.method} ${route.path}`;
  if (error instanceof Refused) return tell(problemOf(request('invalid'), error.faults));
  if (error instanceof Unfit && route.fhir) return outcome(error.status, outcomeOf(error.issues));
  if (error instanceof Refusal) return tell(problemOf(error), retryAfter(error));
  if (isPassing(error)) {
    log('warn', { event: 'dependency', route: at, ...anonymous(error) });
    return tell(problemOf(request('try-again')), { 'retry-after': '2' });
  }
  if (error instanceof IntegrityError) {
    // Somebody changed or exchanged what was sealed: an alarm hangs on this word.
    logDamage({ event: 'integrity', route: at, ...anonymous(error) });
    return tell(problemOf(request('integrity')));
  }
  log('error', { event: 'defect', route: at, ...anonymous(error) });
  return tell(internal);
}

function retryAfter({ status, facts }: Refusal): Record<string, string> {
  const { retryAfterSeconds } = facts;
  if (retryAfterSeconds !== undefined) return { 'retry-after': String(retryAfterSeconds) };
  return status === 503 ? { 'retry-after': '2' } : {};
}

/** An answer that tells a problem. */
export function told(problem: Problem, more: Record<string, string> = {}): RestAnswer {
  return {
    statusCode: problem.status,
    headers: { 'content-type': 'application/problem+json; charset=utf-8', ...more },
    body: JSON.stringify(problem),
  };
}

function toldAsOutcome(problem: Problem, more: Record<string, string> = {}): RestAnswer {
  const { statusCode, headers, body } = outcome(problem.status, outcomeOfProblem(problem));
  return { statusCode, headers: { ...headers, ...more }, body };
}

/** Somebody looks at this answer in a browser: the same problem, in words alone. Titles are ours, nothing is echoed. */
function toldAsPage({ status, title }: Problem, more: Record<string, string> = {}): RestAnswer {
  return {
    statusCode: status,
    headers: { 'content-type': 'text/html; charset=utf-8', ...more },
    body: `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title></head>
<body><main><h1>${title}</h1><p>Revenez à la page précédente et réessayez.</p></main></body></html>
`,
  };
}

function outcome(statusCode: number, told: OperationOutcome): RestAnswer {
  return {
    statusCode,
    headers: { 'content-type': 'application/fhir+json; charset=utf-8' },
    body: JSON.stringify(told),
  };
}
