/** The place a cursor names; the key it stands for is not shown. */
export function readCursor(cursor: string | undefined): string | undefined {
  return cursor === undefined ? undefined : Buffer.from(cursor, 'base64url').toString('utf8');
}

/** The member `next` of a page, where another page follows. */
export function writeCursor(place: string | undefined): { next?: string } {
  return place === undefined ? {} : { next: Buffer.from(place, 'utf8').toString('base64url') };
}
