import { createHmac, generateKeyPairSync } from 'node:crypto';
import { createRemoteJWKSet, type JWTHeaderParameters, SignJWT } from 'jose';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { ask } from '#test/support/request.ts';
import { attachWorld } from '#test/support/world.ts';

const world = attachWorld(inject('world'));
const issuer = `${world.info.issuer}/citizens`;
const stranger = generateKeyPairSync('rsa', { modulusLength: 2048 });

let kid = '';
let modulus = '';
let seconds = 0;
let good = '';

beforeAll(async () => {
  const Keys = z.object({ keys: z.array(z.object({ kid: z.string(), n: z.string() })) });
  const { body } = await ask(world.info.issuer, {
    path: '/citizens/.well-known/openid-configuration',
  });
  const { jwks_uri } = z.object({ jwks_uri: z.url() }).parse(body);
  const { pathname } = new URL(jwks_uri);
  const [key] = Keys.parse((await ask(world.info.issuer, { path: pathname })).body).keys;
  kid = key?.kid ?? '';
  modulus = key?.n ?? '';
  expect(createRemoteJWKSet(new URL(jwks_uri))).toBeDefined();
  seconds = Math.floor(Date.parse(await world.now()) / 1000);
  good = await world.token('camille');
});

const claims = (change: object = {}) => ({
  ...{ iss: issuer, aud: 'mon-espace-sante', sub: 'citizen-0001', acr: 'eidas2' },
  ...{ token_use: 'access', iat: seconds, exp: seconds + 600 },
  ...change,
});
const header = (change: object = {}): JWTHeaderParameters => ({
  ...{ alg: 'RS256', kid, typ: 'at+jwt' },
  ...change,
});
const forged = (change: object = {}, head: object = {}) =>
  new SignJWT(claims(change)).setProtectedHeader(header(head)).sign(stranger.privateKey);
/** Calls to AWS of what stands behind the gateway; readers of streams have their own life. */
const calls = async () =>
  (await world.counts()).filter(({ function: id }) => id.startsWith('identity-'));

const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Signed by HMAC with what everybody knows: the issuer's public key. */
const confused = () => {
  const body = `${text(header({ alg: 'HS256' }))}.${text(claims())}`;
  return `${body}.${createHmac('sha256', modulus).update(body).digest('base64url')}`;
};

const kinds: [string, () => string | Promise<string>][] = [
  ['without signature (alg none)', () => `${text(header({ alg: 'none' }))}.${text(claims())}.`],
  ['signed with the public key as a secret', confused],
  ['for another audience', () => world.token('camille', { audience: 'other' })],
  ['an ID token', () => world.token('camille', { tokenUse: 'id' })],
  ['past its end', () => world.token('camille', { expired: 'true' })],
  ['of a weaker sign-in', () => world.token('camille', { acr: 'eidas1' })],
  ['valid in the future only', () => forged({ nbf: seconds + 600 })],
  ['of a stranger under a known key’s name', () => forged()],
  ['under an unknown key’s name', () => forged({}, { kid: 'unknown' })],
  ['of a foreign issuer', () => forged({ iss: 'https://issuer.invalid' })],
  ['pointing at keys of its own', () => forged({}, { jku: 'https://keys.invalid/jwks' })],
  [
    'with a key of its own inside',
    () => forged({}, { jwk: stranger.publicKey.export({ format: 'jwk' }) }),
  ],
  [
    'with a changed payload',
    () => {
      const [head, , signature] = good.split('.');
      return `${head}.${text(claims({ sub: 'citizen-0002' }))}.${signature}`;
    },
  ],
  ['cut short', () => good.slice(0, -8)],
  ['longer than any', () => `${good}${'A'.repeat(9000)}`],
  ['no token', () => 'not-a-token'],
  ['empty', () => ''],
];

describe('a forged token', () => {
  test.each(kinds)('%s is a 401, the same in bytes, and nothing is looked up', async (_, make) => {
    const token = await make();
    await world.clearCounts();
    const none = await world.request({ path: '/identity/me' });
    const answer = await world.request({ path: '/identity/me', token });
    expect([answer.status, answer.text]).toEqual([401, none.text]);
    expect(answer.headers['content-type']).toBe(none.headers['content-type']);
    expect(await calls()).toEqual([]);
  });

  test('a good one is taken, and its calls are counted: the count is no blind eye', async () => {
    await world.clearCounts();
    expect((await world.request({ path: '/identity/me', token: good })).status).toBe(200);
    expect(await calls()).not.toEqual([]);
  });

  test.each(['Basic', 'bearer,', ''])('under another scheme (%s) is none', async (scheme) => {
    const headers = { authorization: `${scheme} ${good}` };
    expect((await world.request({ path: '/identity/me', headers })).status).toBe(401);
  });

  test('opens no route that is not public', async () => {
    const token = await forged();
    for (const path of ['/enrolment/waves', '/statistics/enrolment', '/enrolment/imports'])
      expect((await world.request({ path, token })).status, path).toBe(401);
    const path = '/enrolment/activations';
    expect((await world.request({ method: 'POST', path, token, body: {} })).status).toBe(401);
  });
});
