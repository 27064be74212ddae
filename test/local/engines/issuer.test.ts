import { createHash, randomBytes } from 'node:crypto';
import { createRemoteJWKSet, decodeJwt, generateKeyPair, jwtVerify, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { IssuerEngine } from '#infra/local/engines/engine.ts';
import { createIssuer } from '#infra/local/engines/issuer/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { movableClock, place, temporaryFolder } from './support.ts';

const clock = movableClock('2022-03-21T22:59:59Z');
const start = (folder?: string) =>
  serveEngine((origin) => createIssuer({ ...place, folder, now: clock.now, origin }));
let served: Served<IssuerEngine>;
beforeAll(async () => {
  served = await start();
});
afterAll(() => served.close());

const Discovery = z.object({
  issuer: z.string(),
  jwks_uri: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
});
const discover = async (issuer: string) =>
  Discovery.parse(await (await fetch(`${issuer}/.well-known/openid-configuration`)).json());

/** Verifies as the authorizer does, in world time. */
const verify = async (token: string, issuer: string) => {
  const { jwks_uri } = await discover(issuer);
  const options = { issuer, audience: 'mon-espace-sante', currentDate: new Date(clock.now()) };
  return jwtVerify(token, createRemoteJWKSet(new URL(jwks_uri)), options);
};

describe('a token at once', () => {
  test('says who it is for, and is valid in world time', async () => {
    const response = await fetch(`${served.url}/token?person=campagne`);
    const { payload, protectedHeader } = await verify(
      await response.text(),
      served.engine.issuers.agent,
    );
    expect(protectedHeader).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    expect(payload).toMatchObject({
      sub: 'agent-0001',
      name: 'Agathe Gabarit',
      role: 'campaign',
      acr: 'mfa',
      token_use: 'access',
      ...{ iat: clock.now() / 1000, auth_time: clock.now() / 1000 },
      exp: clock.now() / 1000 + 3600,
    });
    expect(response.headers.get('date')).toBe('Mon, 21 Mar 2022 22:59:59 GMT');
  });

  test('can be expired, for another audience, an ID token', async () => {
    const { engine } = served;
    const expired = await engine.token({ person: 'camille', expired: true });
    await expect(verify(expired, engine.issuers.holder)).rejects.toMatchObject({
      code: 'ERR_JWT_EXPIRED',
    });
    const other = await engine.token({ person: 'camille', audience: 'other' });
    await expect(verify(other, engine.issuers.holder)).rejects.toThrow('aud');
    expect(decodeJwt(await engine.token({ person: 'camille', tokenUse: 'id' })).token_use).toBe(
      'id',
    );
  });

  test('of one issuer is not believed for another', async () => {
    const token = await served.engine.token({ person: 'docteur' });
    const { jwks_uri } = await discover(served.engine.issuers.agent);
    const keys = createRemoteJWKSet(new URL(jwks_uri));
    await expect(jwtVerify(token, keys)).rejects.toMatchObject({
      code: 'ERR_JWKS_NO_MATCHING_KEY',
    });
  });

  test.each(['person=nobody', 'person=camille&admin=1', 'person=camille&lifetimeSeconds=0', ''])(
    'is refused for ?%s',
    async (query) => {
      expect((await fetch(`${served.url}/token?${query}`)).status).toBe(400);
    },
  );
});

test('each issuer publishes its own configuration and key, the same after a restart', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  const kids = async (of: Served<IssuerEngine>) => {
    const uris = await Promise.all(Object.values(of.engine.issuers).map(discover));
    expect(uris.map(({ issuer }) => issuer)).toEqual(Object.values(of.engine.issuers));
    const Keys = z.object({
      keys: z
        .array(
          z.strictObject({
            kty: z.literal('RSA'),
            use: z.literal('sig'),
            alg: z.literal('RS256'),
            kid: z.string(),
            e: z.string(),
            n: z.string(),
          }),
        )
        .length(1),
    });
    const sets = await Promise.all(
      uris.map(async ({ jwks_uri }) => (await fetch(jwks_uri)).json()),
    );
    return sets.map((set) => Keys.parse(set).keys[0]?.kid);
  };
  const before = await kids(first);
  expect(new Set(before).size).toBe(4);
  await first.close();
  const second = await start(folder);
  expect(await kids(second)).toEqual(before);
  await second.close();
});

test('there are people of each kind, and a page that lists them', async () => {
  const people = served.engine.people();
  expect(new Set(people.map(({ kind }) => kind)).size).toBe(4);
  expect(new Set(people.map(({ subject }) => subject)).size).toBe(people.length);
  const page = await (await fetch(served.url)).text();
  for (const { name } of people) expect(page).toContain(name);
});

/** A browser that follows no redirect by itself and keeps every cookie. */
function browser() {
  const cookies = new Map<string, string>();
  return async (url: string, init: RequestInit = {}) => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      ...init,
      redirect: 'manual',
      headers: { ...init.headers, cookie },
    });
    for (const one of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(one) ?? [];
      cookies.set(name, value);
    }
    return { response, location: new URL(response.headers.get('location') ?? '', url).href };
  };
}

test('a citizen signs in with code and PKCE, and the tokens, refreshed too, are of world time', async () => {
  const issuer = served.engine.issuers.holder;
  const { authorization_endpoint, token_endpoint } = await discover(issuer);
  const redirect_uri = `${served.url}/retour`;
  const code_verifier = randomBytes(32).toString('base64url');
  const code_challenge = createHash('sha256').update(code_verifier).digest('base64url');
  const client_id = 'portal';
  const asked = {
    client_id,
    redirect_uri,
    response_type: 'code',
    scope: 'openid profile',
    nonce: 'n1',
    state: 's1',
  };
  const query = new URLSearchParams({ ...asked, code_challenge, code_challenge_method: 'S256' });

  const visit = browser();
  const { location: page } = await visit(`${authorization_endpoint}?${query}`);
  const { response: shown } = await visit(page);
  const html = await shown.text();
  expect(html).toContain('Camille Exemple');
  expect(html).not.toContain('Théo Prototype');
  const stranger = await visit(page, {
    method: 'POST',
    body: new URLSearchParams({ person: 'docteur' }),
  });
  expect(stranger.response.status).toBe(200);
  const { location: back } = await visit(page, {
    method: 'POST',
    body: new URLSearchParams({ person: 'camille' }),
  });
  const { location: done } = await visit(back);
  expect(done).toContain(`${redirect_uri}?code=`);

  const Tokens = z.object({
    access_token: z.string(),
    id_token: z.string(),
    refresh_token: z.string(),
  });
  const exchange = async (more: Record<string, string>) => {
    const response = await fetch(token_endpoint, {
      method: 'POST',
      body: new URLSearchParams({ client_id, ...more }),
    });
    return { status: response.status, body: await response.json() };
  };
  const code = new URL(done).searchParams.get('code') ?? '';
  const wrong = await exchange({
    grant_type: 'authorization_code',
    code,
    redirect_uri,
    code_verifier: 'x'.repeat(43),
  });
  expect(wrong.status).toBe(400);
  const again = await visit(`${authorization_endpoint}?${query}`);
  const secondCode = new URL(again.location).searchParams.get('code') ?? '';
  const first = await exchange({
    grant_type: 'authorization_code',
    code: secondCode,
    redirect_uri,
    code_verifier,
  });
  const tokens = Tokens.parse(first.body);
  const { payload } = await verify(tokens.access_token, issuer);
  expect(payload).toMatchObject({
    sub: 'citizen-0001',
    acr: 'eidas2',
    token_use: 'access',
    ...{ name: 'Camille Exemple', auth_time: expect.any(Number) },
  });
  const { jwks_uri } = await discover(issuer);
  const idToken = await jwtVerify(tokens.id_token, createRemoteJWKSet(new URL(jwks_uri)), {
    issuer,
    audience: client_id,
    currentDate: new Date(clock.now()),
    maxTokenAge: 60,
  });
  expect(idToken.payload).toMatchObject({ nonce: 'n1', sub: 'citizen-0001' });

  clock.pass(7 * 86_400_000);
  await expect(verify(tokens.access_token, issuer)).rejects.toMatchObject({
    code: 'ERR_JWT_EXPIRED',
  });
  const renewed = await exchange({
    grant_type: 'refresh_token',
    refresh_token: tokens.refresh_token,
  });
  const fresh = await verify(Tokens.parse(renewed.body).access_token, issuer);
  expect(fresh.payload).toMatchObject({ sub: 'citizen-0001', auth_time: expect.any(Number) });
});

test('a request without PKCE, or for an unknown place, is refused', async () => {
  const { authorization_endpoint } = await discover(served.engine.issuers.holder);
  const asked = { client_id: 'portal', response_type: 'code', scope: 'openid' };
  const withoutPkce = new URLSearchParams({ ...asked, redirect_uri: `${served.url}/retour` });
  const { location } = await browser()(`${authorization_endpoint}?${withoutPkce}`);
  expect(location).toContain('error=invalid_request');
  const elsewhere = new URLSearchParams({ ...asked, redirect_uri: 'https://ailleurs.invalid/' });
  expect((await fetch(`${authorization_endpoint}?${elsewhere}`)).status).toBe(400);
});

describe('an establishment’s software', () => {
  const ask = async (more: Record<string, string>) => {
    const { token_endpoint } = await discover(served.engine.issuers.establishment);
    const body = new URLSearchParams({ grant_type: 'client_credentials', ...more });
    const response = await fetch(token_endpoint, { method: 'POST', body });
    return { status: response.status, body: await response.json() };
  };
  const assertion = async () => (await fetch(`${served.url}/assertion?person=laboratoire`)).text();
  const signedBy = (client_assertion: string) => ({
    client_assertion,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
  });

  test('gets a token for itself with its own key, valid in world time', async () => {
    const answer = await ask(signedBy(await assertion()));
    const { access_token } = z.object({ access_token: z.string() }).parse(answer.body);
    const { payload, protectedHeader } = await verify(
      access_token,
      served.engine.issuers.establishment,
    );
    expect(protectedHeader.typ).toBe('at+jwt');
    expect(payload).toMatchObject({
      sub: 'establishment-0001',
      acr: 'organisation',
      structure: 'Laboratoire des Épreuves',
      token_use: 'access',
    });
  });

  test('gets none with an assertion that served, another’s key, or none at all', async () => {
    const given = await assertion();
    expect((await ask(signedBy(given))).status).toBe(200);
    expect((await ask(signedBy(given))).status).toBe(401);
    const stranger = await generateKeyPair('RS256');
    const { iss = '', aud = '' } = decodeJwt(given);
    const forged = await new SignJWT({})
      .setProtectedHeader({ alg: 'RS256' })
      .setIssuer(iss)
      .setSubject(iss)
      .setAudience(aud)
      .setJti('1')
      .setExpirationTime('1m')
      .sign(stranger.privateKey);
    expect((await ask(signedBy(forged))).status).toBe(401);
    expect((await ask({ client_id: 'establishment-0001' })).status).toBe(401);
  });

  test('is the only one who may: no citizen’s client gets a token that way', async () => {
    const { token_endpoint } = await discover(served.engine.issuers.holder);
    const body = new URLSearchParams({ grant_type: 'client_credentials', client_id: 'portal' });
    expect((await fetch(token_endpoint, { method: 'POST', body })).status).toBe(400);
    expect((await fetch(`${served.url}/assertion?person=camille`)).status).toBe(400);
  });
});
