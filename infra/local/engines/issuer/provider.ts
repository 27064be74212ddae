import { createHash } from 'node:crypto';
import {
  type AdapterFactory,
  type ClientMetadata,
  type Configuration,
  type KoaContextWithOIDC,
  Provider,
} from 'oidc-provider';
import type { IssuerKind } from '../engine.ts';
import { escapeHtml, page } from '../html.ts';
import { clientOf, type EstablishmentClient } from './establishment-client.ts';
import { mounts } from './kinds.ts';
import { claimsOf, portalClient } from './mint.ts';
import { personBy } from './people.ts';
import type { SigningKey } from './signing-key.ts';
import { moveInstants, moveToken } from './world-time.ts';

export interface ProviderOptions {
  readonly kind: IssuerKind;
  readonly issuer: string;
  readonly audience: string;
  readonly key: SigningKey;
  readonly now: () => number;
  readonly redirectUris: readonly string[];
  readonly adapter: AdapterFactory;
  /** Software that signs in for itself; only establishments have it, and nobody signs in there by hand. */
  readonly establishments: readonly EstablishmentClient[];
}

const resource = 'urn:mon-espace-sante';
const scope = 'openid profile identite_pivot offline_access';
/** As FranceConnect names them; told in ID tokens to who asks for the scope. */
const pivot = ['family_name', 'given_name', 'birthdate', 'gender', 'birthplace', 'birthcountry'];

/**
 * One issuer: code with PKCE, refresh, discovery, JWKS. Sessions, codes and refresh tokens live in
 * real time, and so does `Date` here: a browser corrects the expiry of cookies by it, and a world
 * that is ahead would sign nobody in. What a token says is world time.
 */
export function createProvider(options: ProviderOptions): Provider {
  const { kind, issuer, key, now } = options;
  const aheadSeconds = () => Math.round((now() - Date.now()) / 1000);
  const provider = new Provider(issuer, configuration(options, aheadSeconds));
  provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next();
    const body: unknown = ctx.body;
    if (ctx.oidc?.route !== 'token' || !hasIdToken(body)) return;
    ctx.body = { ...body, id_token: await moveToken(body.id_token, aheadSeconds(), key) };
  });
  provider.on('server_error', (_ctx, error) => console.error(`issuer ${mounts[kind]}`, error));
  return provider;
}

function configuration(options: ProviderOptions, aheadSeconds: () => number): Configuration {
  const { kind, audience, key, redirectUris, adapter, establishments } = options;
  return {
    adapter,
    renderError,
    clients: kind === 'establishment' ? establishments.map(clientOf) : [portal(redirectUris)],
    jwks: { keys: [key] },
    // From the private key, so that a restart signs nobody out.
    cookies: { keys: [createHash('sha256').update(`cookies|${key.d}`).digest('hex')] },
    scopes: scope.split(' '),
    claims: {
      openid: ['sub', 'acr'],
      profile: ['name', 'role', 'structure'],
      identite_pivot: pivot,
    },
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      ClientCredentials: 600,
      Grant: 8 * 3600,
      IdToken: 600,
      Interaction: 3600,
      RefreshToken: 8 * 3600,
      Session: 8 * 3600,
    },
    interactions: { url: (_ctx, { uid }) => `${mounts[kind]}/interaction/${uid}` },
    async findAccount(_ctx, subject) {
      const person = personBy(subject);
      if (person?.kind !== kind) return undefined;
      return {
        accountId: subject,
        claims: () => ({ sub: subject, ...claimsOf(person), ...person.identity }),
      };
    },
    // Nobody is asked for consent: the portal is the only client, and our own.
    async loadExistingGrant({ oidc }) {
      const { client, session } = oidc;
      if (client === undefined || session?.accountId === undefined) return undefined;
      const grant = new oidc.provider.Grant({
        clientId: client.clientId,
        accountId: session.accountId,
      });
      grant.addOIDCScope(scope);
      grant.addResourceScope(resource, scope);
      await grant.save();
      return grant;
    },
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    features: {
      clientCredentials: { enabled: kind === 'establishment' },
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: true },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: () => ({ scope, audience, accessTokenFormat: 'jwt' }),
      },
    },
    formats: {
      customizers: {
        jwt({ oidc: { entities } }, token, { payload }) {
          // The library tells it in ID tokens only.
          const signIn = entities.RefreshToken ?? entities.AuthorizationCode;
          if (signIn?.authTime !== undefined) payload.auth_time = signIn.authTime;
          const person = personBy('accountId' in token ? token.accountId : token.clientId);
          moveInstants(payload, aheadSeconds());
          Object.assign(payload, person && claimsOf(person), { token_use: 'access' });
        },
      },
    },
  };
}

const portal = (redirectUris: readonly string[]): ClientMetadata => ({
  client_id: portalClient,
  token_endpoint_auth_method: 'none',
  redirect_uris: [...redirectUris],
  grant_types: ['authorization_code', 'refresh_token'],
  response_types: ['code'],
});

/** The library's reason is for developers, who are who sees it at home. */
const renderError: Configuration['renderError'] = (ctx, { error, error_description }) => {
  ctx.type = 'html';
  const reason = escapeHtml(`${error}: ${error_description ?? ''}`);
  ctx.body = page({ title: 'La connexion n’a pas abouti', body: `<p>${reason}</p>` });
};

const hasIdToken = (body: unknown): body is { id_token: string } =>
  typeof body === 'object' &&
  body !== null &&
  'id_token' in body &&
  typeof body.id_token === 'string';
