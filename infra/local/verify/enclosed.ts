import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { SignedCertificate } from '#functions/enrolment/certificate-schema.ts';
import { certificateFacts, enclosedName } from '#functions/enrolment/papers/certificate-words.ts';

const isSheet = (file: Buffer): boolean => file.subarray(0, 1024).includes('%PDF-');
const open = (file: Uint8Array) =>
  getDocument({ data: Uint8Array.from(file), verbosity: 0 }).promise;

/** The signed certificate that lies in the file: of a sheet (PDF) the one inside, else the file's own text. */
export async function certificateIn(file: Uint8Array): Promise<string | undefined> {
  const text = Buffer.from(file);
  if (!isSheet(text)) return text.toString('utf8');
  try {
    const pdf = await open(file);
    const attached: unknown = await pdf.getAttachments();
    const found: unknown = Reflect.get(Object(attached), enclosedName);
    const content: unknown = Reflect.get(Object(found), 'content');
    return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Whether the words on a sheet are those of the certificate inside, one after the other and on one page: a reader must
 * not be shown other words under a signature that holds. A file that is no sheet shows nothing else.
 */
export async function saysWhatItCarries(file: Uint8Array, text: string): Promise<boolean> {
  if (!isSheet(Buffer.from(file))) return true;
  try {
    const signed = SignedCertificate.parse(JSON.parse(text));
    const pdf = await open(file);
    const { items } = await (await pdf.getPage(1)).getTextContent();
    const shown = items.map((item) => ('str' in item ? item.str : '')).join('');
    return (
      pdf.numPages === 1 &&
      unspaced(shown).includes(unspaced(certificateFacts(signed).flat().join('')))
    );
  } catch {
    return false;
  }
}

const unspaced = (text: string): string => text.replace(/\s/g, '');
