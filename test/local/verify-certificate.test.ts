import { generateKeyPairSync, sign } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { DeletionCertificate } from '#functions/enrolment/certificate-schema.ts';
import { verifyCertificate } from '#infra/local/verify/certificate.ts';
import { canonical } from '#shared/kernel/canonical.ts';

const at = '2022-05-01T22:26:00.000Z';
const certificate: DeletionCertificate = {
  ...{ v: 1, kind: 'deletion-certificate', deployment: 'home', record: 'h1', deletion: 1 },
  ...{ cause: 'asked', closedAt: at, askedAt: at, begunAt: at, keyDestroyedAt: at },
  ...{ cachesEmptyAt: at, documents: 1, versions: 2, contentErasedAt: at },
  ...{ noticesErasedAt: at, finishedAt: at },
};
const pairOf = () => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const jwk = publicKey.export({ format: 'jwk' });
  const { kty, crv, x, y } = jwk;
  return { privateKey, key: { kty, crv, x, y, kid: 'k', use: 'sig' } };
};
const ours = pairOf();
const signature = sign('sha256', Buffer.from(canonical(certificate)), ours.privateKey);
const signed = {
  ...{ certificate, signature: signature.toString('base64'), algorithm: 'ECDSA_SHA_256' },
  key: ours.key,
};
const text = JSON.stringify(signed);
const keys = JSON.stringify({ keys: [ours.key] });

describe('ENR-43: npm run verify-certificate', () => {
  test('takes a certificate in any order of its fields and any spacing', () => {
    const turned = {
      ...signed,
      certificate: Object.fromEntries(Object.entries(certificate).reverse()),
    };
    for (const given of [text, JSON.stringify(signed, null, 2), JSON.stringify(turned)])
      expect(verifyCertificate(given, keys)).toMatchObject({ status: 0 });
    expect(verifyCertificate(text, JSON.stringify(ours.key)).status).toBe(0);
  });

  test('without a key it says that the key came with the file', () => {
    const { status, says } = verifyCertificate(text);
    expect([status, says]).toEqual([0, expect.stringContaining('--key')]);
  });

  test('refuses any change of a byte that says something', () => {
    const from = text.indexOf('"certificate":');
    const to = text.indexOf('"algorithm":');
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: to - 1 }),
        fc.integer({ min: 33, max: 126 }),
        (place, code) => {
          const byte = String.fromCharCode(code);
          fc.pre(byte !== text[place]);
          const changed = `${text.slice(0, place)}${byte}${text.slice(place + 1)}`;
          expect(verifyCertificate(changed, keys).status).toBe(1);
        },
      ),
      { seed: 7, numRuns: 300 },
    );
  });

  test('refuses a signature with bits set that base64 drops', () => {
    const sizes = [70, 71];
    let bytes = signature;
    while (!sizes.includes(bytes.length))
      bytes = sign('sha256', Buffer.from(canonical(certificate)), ours.privateKey);
    const exact = bytes.toString('base64');
    const status = (given: string) =>
      verifyCertificate(JSON.stringify({ ...signed, signature: given }), keys).status;
    const others = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/']
      .map((last) => exact.replace(/[^=](=+)$/, `${last}$1`))
      .filter((one) => one !== exact && Buffer.from(one, 'base64').equals(bytes));
    expect(others.length).toBeGreaterThan(0);
    expect([exact, ...others].map(status)).toEqual([0, ...others.map(() => 1)]);
  });

  test('refuses another key’s signature, a field more, and what is no certificate', () => {
    const other = JSON.stringify({ keys: [pairOf().key] });
    expect(verifyCertificate(text, other).status).toBe(1);
    const more = { ...signed, certificate: { ...certificate, note: 'x' } };
    expect(verifyCertificate(JSON.stringify(more), keys).status).toBe(1);
    for (const nothing of ['', '{}', '[]', 'null'])
      expect(verifyCertificate(nothing, keys).status).toBe(1);
    expect(verifyCertificate(text, '{}').status).toBe(1);
  });
});
