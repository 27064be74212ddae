import { createPublicKey, hash, verify } from 'node:crypto';
import * as z from 'zod';
import { SignedCertificate } from '#functions/enrolment/certificate-schema.ts';
import { canonical } from '#shared/kernel/canonical.ts';
import type { Said } from './command.ts';

const Jwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
});
const Keys = z.union([
  z.object({ keys: z.array(Jwk) }).transform(({ keys }) => keys),
  Jwk.transform((key) => [key]),
]);

const said = (status: Said['status'], says: string): Said => ({ status, says });

/** The certificate as it was signed: a field that was added is as much a change as another value. */
const Given = z.object({ certificate: z.json(), signature: z.base64() });

/**
 * Verifies a certificate of deletion offline, from its text; under the keys of another text where one is given
 * (the public route's answer, or one key), else under the key that it names itself, and then says which.
 */
export function verifyCertificate(text: string, keys?: string): Said {
  const json = jsonOf(text);
  const read = SignedCertificate.safeParse(json);
  const given = Given.safeParse(json);
  if (!read.success || !given.success)
    return said(1, 'Ce fichier n’est pas une attestation de suppression, ou il a été changé.');
  const trusted =
    keys === undefined ? [Jwk.parse(read.data.key)] : Keys.safeParse(jsonOf(keys)).data;
  if (!trusted) return said(1, 'Le fichier de clé ne peut pas être lu.');
  const signed = Buffer.from(canonical(given.data.certificate), 'utf8');
  const signature = Buffer.from(given.data.signature, 'base64');
  const by = trusted.find((jwk) =>
    verify('sha256', signed, createPublicKey({ key: jwk, format: 'jwk' }), signature),
  );
  if (!by) return said(1, 'Attestation refusée : la signature n’est pas celle de ce texte.');
  const { certificate } = read.data;
  const what = `${certificate.documents} document(s), ${certificate.versions} version(s), supprimés le ${certificate.finishedAt}`;
  const whose =
    keys === undefined
      ? ` Clé ${hash('sha256', canonical(by), 'base64url')}, prise dans le fichier lui-même : comparez-la à celle que publie le service, ou donnez-la avec --key.`
      : '';
  return said(0, `Attestation valable : ${what}.${whose}`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
