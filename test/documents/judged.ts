import { hash } from 'node:crypto';
import { judgeDeposit } from '#functions/documents/rules/deposit.ts';
import { DocumentReference } from '#functions/documents/schema.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { deposit, pdf } from './deposits.ts';

export const now = Date.parse('2022-01-31T12:00:00Z');
export const nir = `2850578006084${nirKey('2850578006084')}`;
export const loinc = (code: string) => ({ coding: [{ system: 'http://loinc.org', code }] });
export const ans = (code: string) => ({
  coding: [
    {
      system:
        'https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire',
      code,
    },
  ],
});
export const typed = (code: string) => (/^\d+-\d$/.test(code) ? loinc(code) : ans(code));
export const label = (...codes: readonly string[]) =>
  codes.map((code) => ({
    coding: [
      {
        system: /^.$/.test(code)
          ? 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'
          : 'https://mos.esante.gouv.fr/NOS/TRE_A07-StatusVisibiliteDocument/FHIR/TRE-A07-StatusVisibiliteDocument',
        code,
      },
    ],
  }));

export function judged(
  given: Record<string, unknown>,
  by: 'establishment' | 'holder' = 'establishment',
) {
  const document = DocumentReference.parse(given);
  const bytes = Buffer.from(document.content[0]?.attachment.data ?? '', 'base64');
  const measured = { bytes, sizeBytes: bytes.length, sha1: hash('sha1', bytes, 'base64') };
  return judgeDeposit({ document, measured, by, now });
}
export const reasons = (given: Record<string, unknown>, by?: 'establishment' | 'holder') =>
  judged(given, by)
    .issues.filter(({ severity }) => severity === 'error')
    .map(({ code, rule }) => `${rule} ${code}`);
export const of = (given: Record<string, unknown>) => DocumentReference.parse(given);
export const attached = (change: object, content = pdf(), contentType = 'application/pdf') => {
  const made = deposit(nir, {}, { content, contentType });
  const [first] = DocumentReference.parse(made).content;
  return { ...made, content: [{ attachment: { ...first?.attachment, ...change } }] };
};
