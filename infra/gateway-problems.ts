import { internal, type Problem, problemOf, request } from '#shared/http/problem.ts';
import { refusals } from '#shared/kernel/refusal.ts';

/** What only the gateway and its firewall refuse; the rest of its errors are told as the rooms tell them. */
export const gateway = refusals('gateway', {
  filtered: [403, 'Cette demande a été écartée par le pare-feu'],
  'too-many-requests': [429, 'Trop de demandes, réessayez dans un instant'],
  unavailable: [502, 'Le service ne répond pas, réessayez dans un instant'],
  'too-slow': [504, 'Le service a mis trop de temps à répondre'],
});

/** Every kind of answer that the gateway makes itself. */
const problems: Readonly<Record<string, Problem>> = {
  ACCESS_DENIED: problemOf(request('not-allowed')),
  API_CONFIGURATION_ERROR: internal,
  AUTHORIZER_CONFIGURATION_ERROR: internal,
  AUTHORIZER_FAILURE: internal,
  BAD_REQUEST_BODY: problemOf(request('invalid')),
  BAD_REQUEST_PARAMETERS: problemOf(request('invalid')),
  DEFAULT_4XX: problemOf(request('invalid')),
  DEFAULT_5XX: internal,
  EXPIRED_TOKEN: problemOf(request('not-allowed')),
  INTEGRATION_FAILURE: problemOf(gateway('unavailable')),
  INTEGRATION_TIMEOUT: problemOf(gateway('too-slow')),
  INVALID_API_KEY: problemOf(request('not-allowed')),
  INVALID_SIGNATURE: problemOf(request('not-allowed')),
  // So the gateway calls an address or a method that it does not know.
  MISSING_AUTHENTICATION_TOKEN: problemOf(request('not-found')),
  QUOTA_EXCEEDED: problemOf(gateway('too-many-requests')),
  REQUEST_TOO_LARGE: problemOf(request('too-large')),
  RESOURCE_NOT_FOUND: problemOf(request('not-found')),
  THROTTLED: problemOf(gateway('too-many-requests')),
  UNAUTHORIZED: problemOf(request('unauthenticated')),
  UNSUPPORTED_MEDIA_TYPE: problemOf(request('media-type')),
  WAF_FILTERED: problemOf(gateway('filtered')),
};

const headers: Readonly<Record<string, string>> = {
  'Content-Type': 'application/problem+json; charset=utf-8',
  'Cache-Control': 'no-store',
  // A literal of the gateway holds no quotes, so no 'none' here: a sandbox without rights says as much.
  'Content-Security-Policy': 'sandbox',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'Strict-Transport-Security': 'max-age=63072000; includeSubDomains; preload',
  'X-Content-Type-Options': 'nosniff',
};

function headersOf({ status }: Problem): Readonly<Record<string, string>> {
  if (status === 401) return { ...headers, 'WWW-Authenticate': 'Bearer' };
  return status === 429 ? { ...headers, 'Retry-After': '2' } : headers;
}

/** One of the gateway's own answers, in its own notation. */
export interface GatewayResponse {
  readonly statusCode: number;
  readonly responseParameters: Readonly<Record<string, string>>;
  readonly responseTemplates: { readonly 'application/json': string };
}

function responseTo(problem: Problem): GatewayResponse {
  const literals = Object.entries(headersOf(problem)).map(([name, value]) => [
    `gatewayresponse.header.${name}`,
    `'${value}'`,
  ]);
  return {
    // Set for the defaults too, so that the answer's status and its body's never differ.
    statusCode: problem.status,
    responseParameters: Object.fromEntries(literals),
    responseTemplates: { 'application/json': JSON.stringify(problem) },
  };
}

/**
 * The gateway's own errors as problem+json, also under /fhir: they cannot differ by path. A FHIR client
 * that finds no OperationOutcome (401, 404 of an unknown address, 413, 429) goes by the status.
 */
export function problemResponses(): Readonly<Record<string, GatewayResponse>> {
  return Object.fromEntries(
    Object.entries(problems).map(([kind, problem]) => [kind, responseTo(problem)]),
  );
}
