import type { Issue } from '#shared/fhir/issue.ts';
import { formats } from '../data/formats.ts';
import type { DocumentReference } from '../schema.ts';
import { because } from './reasons.ts';

/** What the bytes themselves say. */
export interface Measured {
  readonly sizeBytes: number;
  /** SHA-1 in base64, as XDS has it. */
  readonly sha1: string;
  readonly bytes: Uint8Array;
}

const starts = (bytes: Uint8Array, ...wanted: readonly number[]): boolean =>
  wanted.every((byte, at) => bytes[at] === byte);

/** The first characters, one for each byte. */
const head = (bytes: Uint8Array, length: number): string =>
  String.fromCharCode(...bytes.subarray(0, length));

/** Text without a byte that no text has. */
function isText(bytes: Uint8Array): boolean {
  if (bytes.includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

const signs: Readonly<Record<string, (bytes: Uint8Array) => boolean>> = {
  'application/pdf': (bytes) => head(bytes, 5) === '%PDF-',
  'text/plain': isText,
  'application/rtf': (bytes) => head(bytes, 5) === '{\\rtf',
  'text/rtf': (bytes) => head(bytes, 5) === '{\\rtf',
  'image/jpeg': (bytes) => starts(bytes, 0xff, 0xd8, 0xff),
  'image/png': (bytes) => starts(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a),
  'image/tiff': (bytes) => starts(bytes, 0x49, 0x49, 0x2a, 0) || starts(bytes, 0x4d, 0x4d, 0, 0x2a),
  // Of XML only clinical documents (CDA); a drawing or a page with scripts is none.
  'application/xml': isClinicalDocument,
  'text/xml': isClinicalDocument,
};

function isClinicalDocument(bytes: Uint8Array): boolean {
  const begin = head(bytes, 4096).replace(/^\u00ef\u00bb\u00bf/, '');
  const root =
    /^\s*(<\?[^>]*\?>\s*|<!--[\s\S]*?-->\s*)*<([A-Za-z_][\w.-]*:)?ClinicalDocument[\s/>]/;
  return root.test(begin) && !/<!DOCTYPE|<!ENTITY/i.test(begin);
}

/** The media type without its parameters. */
export const mimeOf = (contentType: string | undefined): string =>
  (contentType ?? '').split(';')[0]?.trim().toLowerCase() ?? '';

const place = 'DocumentReference.content[0].attachment';

/** Format, emptiness, size and hash of a content (DOC-10, DOC-12, DOC-30). */
export function judgeContent(
  { attachment }: DocumentReference['content'][number],
  measured: Measured,
  by: 'establishment' | 'holder',
): Issue[] {
  const issues: Issue[] = [];
  const mime = mimeOf(attachment.contentType);
  const format = formats.find((one) => one.mime === mime);
  if (!format || (by === 'holder' && !format.patient))
    issues.push(because('format', `${place}.contentType`));
  if (measured.sizeBytes === 0) return [...issues, because('empty', `${place}.data`)];
  if (format && !signs[mime]?.(measured.bytes))
    issues.push(because('format-disagrees', `${place}.contentType`));
  if (mime === 'text/plain' && isBlank(measured.bytes))
    issues.push(because('empty', `${place}.data`));
  if (attachment.size !== undefined && attachment.size !== measured.sizeBytes)
    issues.push(because('size-disagrees', `${place}.size`));
  if (attachment.hash !== undefined && attachment.hash !== measured.sha1)
    issues.push(because('hash-disagrees', `${place}.hash`));
  return issues;
}

const isBlank = (bytes: Uint8Array): boolean =>
  bytes.length < 65_536 && bytes.every((byte) => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d));
