import { getDocument } from 'pdfjs-dist/legacy/build/pdf.mjs';
import { enclosedName } from '#functions/enrolment/papers/certificate-words.ts';

/** The signed certificate that lies in the file: of a sheet (PDF) the one inside, else the file's own text. */
export async function certificateIn(file: Uint8Array): Promise<string | undefined> {
  const text = Buffer.from(file);
  if (!text.subarray(0, 1024).includes('%PDF-')) return text.toString('utf8');
  try {
    const pdf = await getDocument({ data: Uint8Array.from(file), verbosity: 0 }).promise;
    const attached: unknown = await pdf.getAttachments();
    const found: unknown = Reflect.get(Object(attached), enclosedName);
    const content: unknown = Reflect.get(Object(found), 'content');
    return content instanceof Uint8Array ? Buffer.from(content).toString('utf8') : undefined;
  } catch {
    return undefined;
  }
}
