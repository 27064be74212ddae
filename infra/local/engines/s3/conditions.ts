import type { IncomingHttpHeaders } from 'node:http';
import { AwsFault, notImplemented } from '../wire/fault.ts';
import type { Stored } from './store/rows.ts';

const failed = () =>
  new AwsFault(
    'PreconditionFailed',
    'At least one of the pre-conditions you specified did not hold',
    {
      status: 412,
    },
  );

/** `If-None-Match: *` and `If-Match` of a write. To be asked in the transaction of the commit. */
export function mustHoldForWrite(headers: IncomingHttpHeaders, newest: Stored | undefined): void {
  const present = newest !== undefined && !newest.isDeleteMarker;
  const none = headers['if-none-match'];
  if (none !== undefined && none !== '*')
    throw notImplemented('S3 If-None-Match other than * on a write');
  if (none === '*' && present) throw failed();
  const match = headers['if-match'];
  if (match === undefined) return;
  if (!present)
    throw new AwsFault('NoSuchKey', 'The specified key does not exist.', { status: 404 });
  if (!isOneOf(match, newest.etag)) throw failed();
}

/** Conditions of a read: throws 412, answers true when the caller's copy is still good (304). */
export function isNotModified(headers: IncomingHttpHeaders, { etag }: Stored): boolean {
  const match = headers['if-match'];
  if (match !== undefined && !isOneOf(match, etag)) throw failed();
  const none = headers['if-none-match'];
  return none !== undefined && isOneOf(none, etag);
}

const isOneOf = (list: string, etag: string) =>
  list.split(',').some((one) => one.trim() === '*' || one.trim().replaceAll('"', '') === etag);
