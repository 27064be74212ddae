import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

vi.stubEnv(
  'ISSUERS',
  JSON.stringify([
    { kind: 'holder', issuer: 'https://citizens.invalid', audience: 'mes', acr: ['eidas2'] },
  ]),
);
vi.stubEnv('IDENTITY_TABLE', 'identity');
vi.stubEnv('AWS_REGION', 'eu-west-3');
const { handler } = await import('#functions/identity/handler-authorizer.ts');

const text = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = `${text({ alg: 'RS256', kid: 'k' })}.${text({ iss: 'https://evil.invalid' })}.AAAA`;
const known = `${text({ alg: 'RS256', kid: 'k' })}.${text({ iss: 'https://citizens.invalid' })}.AAAA`;

const event = (headers: Record<string, string>, more: object = {}) => ({
  methodArn: 'arn:aws:execute-api:eu-west-3:000000000000:home/v1/GET/identity/me',
  headers,
  ...more,
});

const asked = vi.fn();
beforeEach(() => vi.stubGlobal('fetch', asked.mockRejectedValue(new Error('nobody answers'))));
afterEach(() => asked.mockReset());

describe('the authorizer, before any issuer is asked', () => {
  test.each([
    ['no header', event({})],
    ['a token of a megabyte', event({ authorization: `Bearer ${'A'.repeat(1_048_576)}` })],
    ['one of an unknown issuer', event({ Authorization: `Bearer ${token}` })],
    [
      'two headers',
      event(
        { authorization: `Bearer ${known}` },
        { multiValueHeaders: { authorization: [`Bearer ${token}`, `Bearer ${known}`] } },
      ),
    ],
    [
      'two headers in two spellings',
      event(
        { authorization: `Bearer ${known}` },
        { multiValueHeaders: { authorization: [`Bearer ${token}`], Authorization: ['Bearer x'] } },
      ),
    ],
    ['two tokens in one header', event({ authorization: `Bearer ${known}, Bearer ${known}` })],
    ['a token with a line break', event({ authorization: `Bearer ${known}\r\nx: y` })],
  ])('says no to %s in one word', async (_, given) => {
    await expect(handler(given)).rejects.toThrow(/^Unauthorized$/);
    expect(asked).not.toHaveBeenCalled();
  });

  test('asks the issuer that is named and known, and lets nobody in when it does not answer', async () => {
    const given = event({ authorization: `Bearer ${known}` });
    await expect(handler(given)).rejects.toThrow('the token could not be checked');
    expect(asked).toHaveBeenCalledOnce();
  });
});
