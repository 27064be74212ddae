import type { IncomingHttpHeaders } from 'node:http';
import { AwsFault } from '../wire/fault.ts';
import type { Kept } from './store/rows.ts';

const names = [
  'content-type',
  'content-disposition',
  'content-language',
  'cache-control',
  'expires',
];
const maxMetadataBytes = 2048;

/** The headers of an upload that its downloads will carry. */
export function keptHeaders(headers: IncomingHttpHeaders): Kept {
  const kept: Kept = { 'content-type': 'application/octet-stream' };
  for (const [name, value] of Object.entries(headers)) {
    if (names.includes(name) || name.startsWith('x-amz-meta-')) kept[name] = String(value);
  }
  const encoding = (headers['content-encoding'] ?? '')
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '' && one !== 'aws-chunked');
  if (encoding.length > 0) kept['content-encoding'] = encoding.join(',');
  mustFit(kept);
  return kept;
}

function mustFit(kept: Kept): void {
  const size = Object.entries(kept)
    .filter(([name]) => name.startsWith('x-amz-meta-'))
    .reduce((sum, [name, value]) => sum + name.length - 'x-amz-meta-'.length + value.length, 0);
  if (size > maxMetadataBytes) {
    throw new AwsFault(
      'MetadataTooLarge',
      'Your metadata headers exceed the maximum allowed size.',
    );
  }
}
