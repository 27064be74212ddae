import { AwsFault, notImplemented } from '../wire/fault.ts';

/** `end` is excluded. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

/**
 * One byte range of a size, by its header: `bytes=0-9`, `bytes=10-`, `bytes=-5`. One that S3 cannot
 * read means the whole (undefined); one outside the object is 416.
 */
export function rangeOf(header: string | undefined, sizeBytes: number): Range | undefined {
  if (header?.includes(',')) throw notImplemented('S3 several ranges at once');
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  const [, first = '', last = ''] = match ?? [];
  if (match === null || (first === '' && last === '')) return undefined;
  const start = first === '' ? Math.max(sizeBytes - Number(last), 0) : Number(first);
  const end = first === '' || last === '' ? sizeBytes : Math.min(Number(last) + 1, sizeBytes);
  if (first !== '' && last !== '' && Number(last) < start) return undefined;
  if (start >= end) {
    throw new AwsFault('InvalidRange', 'The requested range is not satisfiable', { status: 416 });
  }
  return { start, end };
}
