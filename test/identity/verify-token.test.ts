import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  CompactSign,
  exportJWK,
  generateKeyPair,
  generateSecret,
  type JWTHeaderParameters,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Unbelieved, verifyToken } from '#functions/identity/verify-token.ts';

const now = Date.parse('2022-02-07T09:00:00Z');
const seconds = Math.floor(now / 1000);
const rsa = await generateKeyPair('RS256');
const ec = await generateKeyPair('ES256');
const stranger = await generateKeyPair('RS256');
const pss = await generateKeyPair('PS256');

let server: Server;
let base = '';
const asked: string[] = [];

beforeAll(async () => {
  const keys = [
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256', use: 'sig' },
    { ...(await exportJWK(ec.publicKey)), kid: 'ec', alg: 'ES256', use: 'sig' },
    { ...(await exportJWK(pss.publicKey)), kid: 'pss', use: 'sig' },
  ];
  server = createServer((req, res) => {
    asked.push(req.url ?? '');
    const [, who] = (req.url ?? '').split('/');
    if (who === 'down') return void res.writeHead(503).end();
    const issuer = `${base}/${who === 'liar' ? 'somebody-else' : who}`;
    const body = req.url?.endsWith('jwks') ? { keys } : { issuer, jwks_uri: `${base}/${who}/jwks` };
    res.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const issuers = () =>
  (
    [
      ['holder', 'citizens'],
      ['agent', 'agents'],
      ['professional', 'liar'],
      ['establishment', 'down'],
    ] as const
  ).map(([kind, name]) => ({
    ...{ kind, issuer: `${base}/${name}`, audience: 'mes' },
    acr: kind === 'holder' ? ['eidas2', 'eidas3'] : ['mfa'],
  }));

const claims = (more: JWTPayload = {}): JWTPayload => ({
  iss: `${base}/agents`,
  aud: 'mes',
  sub: 'agent-1',
  iat: seconds,
  exp: seconds + 600,
  role: 'campaign',
  acr: 'mfa',
  ...more,
});
const sign = (
  payload: JWTPayload,
  header: JWTHeaderParameters = { alg: 'RS256', kid: 'rsa', typ: 'at+jwt' },
  key: Parameters<SignJWT['sign']>[0] = rsa.privateKey,
) => new SignJWT(payload).setProtectedHeader(header).sign(key);
const verify = (token: string, at = now) => verifyToken(token, { issuers: issuers(), now: at });

describe('tokens that are believed', () => {
  test('an access token of a known issuer says who calls, and of what kind', async () => {
    expect(await verify(await sign(claims()))).toEqual({
      kind: 'agent',
      subject: 'agent-1',
      role: 'campaign',
      acr: 'mfa',
    });
    const citizen = await verify(
      await sign(claims({ iss: `${base}/citizens`, sub: 'c1', acr: 'eidas2' })),
    );
    expect(citizen).toMatchObject({ kind: 'holder', subject: 'c1' });
  });

  test('ENR-42: when the person signed in is told as an instant; when the token was made is not', async () => {
    const told = await verify(await sign(claims({ iat: seconds, auth_time: seconds - 600 })));
    expect(told.signedInAt).toBe('2022-02-07T08:50:00.000Z');
    expect(await verify(await sign(claims({ iat: seconds })))).not.toHaveProperty('signedInAt');
  });

  test('ES256 is taken as well, and the long name of the type', async () => {
    const header = { alg: 'ES256', kid: 'ec', typ: 'application/at+jwt' };
    expect(await verify(await sign(claims(), header, ec.privateKey))).toMatchObject({
      kind: 'agent',
    });
  });

  test("Cognito's access tokens name the client where others name the audience", async () => {
    const { aud: _aud, ...rest } = claims({ token_use: 'access', client_id: 'mes' });
    const header = { alg: 'RS256', kid: 'rsa' };
    expect(await verify(await sign(rest, header))).toMatchObject({ kind: 'agent' });
    await expect(verify(await sign({ ...rest, client_id: 'x' }, header))).rejects.toThrow(
      Unbelieved,
    );
  });

  test('the issuer is asked for its keys once, not for each token', async () => {
    await verify(await sign(claims()));
    asked.splice(0);
    await verify(await sign(claims()));
    expect(asked).toEqual([]);
  });
});

describe('tokens that are not believed', () => {
  const none = (payload: JWTPayload) =>
    `${Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url')}.${Buffer.from(
      JSON.stringify(payload),
    ).toString('base64url')}.`;

  test.each<[string, () => Promise<string> | string]>([
    ['no signature (alg none)', () => none(claims())],
    ['an unknown issuer', () => sign(claims({ iss: 'https://evil.example' }))],
    ['no issuer', () => sign({ ...claims(), iss: undefined as never })],
    ['another audience', () => sign(claims({ aud: 'other' }))],
    ['no audience', () => sign({ ...claims(), aud: undefined as never })],
    ['no subject', () => sign({ ...claims(), sub: undefined as never })],
    ['no end', () => sign({ ...claims(), exp: undefined as never })],
    ['an ID token (typ JWT)', () => sign(claims(), { alg: 'RS256', kid: 'rsa', typ: 'JWT' })],
    ['no type at all', () => sign(claims(), { alg: 'RS256', kid: 'rsa' })],
    ["Cognito's ID token", () => sign(claims({ token_use: 'id' }))],
    ['past its end', () => sign(claims({ exp: seconds - 6 }))],
    ['not valid yet', () => sign(claims({ nbf: seconds + 60 }))],
    ["a stranger's key under a known name", () => sign(claims(), undefined, stranger.privateKey)],
    ['an unknown key name', () => sign(claims(), { alg: 'RS256', kid: 'x', typ: 'at+jwt' })],
    [
      'an algorithm that is not ours (PS256)',
      () => sign(claims(), { alg: 'PS256', kid: 'pss', typ: 'at+jwt' }, pss.privateKey),
    ],
    [
      'HS256 with a secret',
      async () =>
        sign(claims(), { alg: 'HS256', kid: 'rsa', typ: 'at+jwt' }, await generateSecret('HS256')),
    ],
    ['not a token', () => 'a.b.c'],
    [
      'a payload that is no object',
      () =>
        new CompactSign(Buffer.from('[1]'))
          .setProtectedHeader({ alg: 'RS256', kid: 'rsa', typ: 'at+jwt' })
          .sign(rsa.privateKey),
    ],
    ['a sign-in weaker than its issuer must give', () => sign(claims({ acr: 'pwd' }))],
    [
      'a sign-in that is strong elsewhere only',
      () => sign(claims({ iss: `${base}/citizens`, acr: 'mfa' })),
    ],
    ['no word on the sign-in', () => sign({ ...claims(), acr: undefined as never })],
    ['a sign-in at no instant', () => sign(claims({ auth_time: 'today' }))],
    ['a sign-in of another age', () => sign(claims({ auth_time: 1e15 }))],
    ['a subject that is no text', () => sign(claims({ sub: 7 as never }))],
  ])('%s', async (_, make) => {
    await expect(verify(await make())).rejects.toThrow(Unbelieved);
  });

  test('a changed payload', async () => {
    const [header, payload, signature] = (await sign(claims())).split('.');
    const forged = JSON.stringify({ ...claims(), role: 'admin' });
    const swapped = `${header}.${Buffer.from(forged).toString('base64url')}.${signature}`;
    expect(payload).not.toBe(Buffer.from(forged).toString('base64url'));
    await expect(verify(swapped)).rejects.toThrow(Unbelieved);
  });
});

describe('an issuer that cannot be asked', () => {
  test('nobody is let in, and it is not the token that is blamed', async () => {
    const failure = verify(await sign(claims({ iss: `${base}/down` })));
    await expect(failure).rejects.toThrow('does not answer');
    await expect(failure).rejects.not.toThrow(Unbelieved);
  });

  test('an issuer that calls itself otherwise is not believed either', async () => {
    await expect(verify(await sign(claims({ iss: `${base}/liar` })))).rejects.toThrow('otherwise');
  });
});
