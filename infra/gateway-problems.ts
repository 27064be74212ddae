interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
}

/** The gateway's own refusals, in the shape of every other one. Titles are French: people may see them. */
const problems: Readonly<Record<string, Problem>> = {
  ACCESS_DENIED: { status: 403, code: 'gateway/access-denied', title: 'Accès refusé' },
  API_CONFIGURATION_ERROR: { status: 500, code: 'internal', title: 'Erreur interne' },
  AUTHORIZER_CONFIGURATION_ERROR: { status: 500, code: 'internal', title: 'Erreur interne' },
  AUTHORIZER_FAILURE: { status: 500, code: 'internal', title: 'Erreur interne' },
  BAD_REQUEST_BODY: { status: 400, code: 'request/invalid', title: 'Requête invalide' },
  BAD_REQUEST_PARAMETERS: { status: 400, code: 'request/invalid', title: 'Requête invalide' },
  DEFAULT_4XX: { status: 400, code: 'request/invalid', title: 'Requête refusée' },
  DEFAULT_5XX: { status: 500, code: 'internal', title: 'Erreur interne' },
  EXPIRED_TOKEN: { status: 403, code: 'gateway/access-denied', title: 'Accès refusé' },
  INTEGRATION_FAILURE: { status: 502, code: 'gateway/unavailable', title: 'Service indisponible' },
  INTEGRATION_TIMEOUT: { status: 504, code: 'gateway/timeout', title: 'Délai de réponse dépassé' },
  INVALID_API_KEY: { status: 403, code: 'gateway/access-denied', title: 'Accès refusé' },
  INVALID_SIGNATURE: { status: 403, code: 'gateway/access-denied', title: 'Accès refusé' },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 404,
    code: 'gateway/unknown-route',
    title: 'Adresse inconnue',
  },
  QUOTA_EXCEEDED: { status: 429, code: 'gateway/too-many-requests', title: 'Trop de requêtes' },
  REQUEST_TOO_LARGE: { status: 413, code: 'request/too-large', title: 'Requête trop volumineuse' },
  RESOURCE_NOT_FOUND: { status: 404, code: 'gateway/unknown-route', title: 'Adresse inconnue' },
  THROTTLED: { status: 429, code: 'gateway/too-many-requests', title: 'Trop de requêtes' },
  UNAUTHORIZED: { status: 401, code: 'gateway/unauthenticated', title: 'Authentification requise' },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    code: 'request/unsupported-media-type',
    title: 'Type de contenu refusé',
  },
  WAF_FILTERED: { status: 403, code: 'gateway/filtered', title: 'Requête refusée' },
};

/** The same headers as on every answer of ours (single-quoted: that is how the gateway takes literals). */
const headers = {
  'Content-Type': "'application/problem+json'",
  'Cache-Control': "'no-store'",
  'X-Content-Type-Options': "'nosniff'",
  'Strict-Transport-Security': "'max-age=63072000; includeSubDomains; preload'",
  'Referrer-Policy': "'no-referrer'",
  // A literal of the gateway holds no quotes, so no 'none' here: a sandbox without rights says as much.
  'Content-Security-Policy': "'sandbox'",
};

/**
 * The gateway's own errors as problem+json. They cannot differ by path: when FHIR routes come, their
 * unknown addresses are answered by a proxy route of that room, as an OperationOutcome.
 */
export function problemResponses() {
  return Object.fromEntries(
    Object.entries(problems).map(([type, { status, code, title }]) => [
      type,
      {
        // Without a status the default answers keep the one that the gateway chose.
        ...(type.startsWith('DEFAULT_') ? {} : { statusCode: status }),
        responseParameters: Object.fromEntries(
          Object.entries({
            ...headers,
            ...(status === 401 ? { 'WWW-Authenticate': "'Bearer'" } : {}),
            ...(status === 429 ? { 'Retry-After': "'1'" } : {}),
          }).map(([name, value]) => [`gatewayresponse.header.${name}`, value]),
        ),
        responseTemplates: {
          'application/json': JSON.stringify({ type: 'about:blank', title, status, code }),
        },
      },
    ]),
  );
}
