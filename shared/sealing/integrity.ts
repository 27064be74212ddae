/**
 * What was sealed does not open: it was changed, cut, put in the place of something else, or its key is
 * not the one it was sealed under. Never a matter of the moment: trying again changes nothing.
 */
export class IntegrityError extends Error {
  override readonly name = 'IntegrityError';
}

/** Turns any failure of an opening into an `IntegrityError`. The cause is left out: it may tell of the content. */
export function mustBeWhole<T>(open: () => T): T {
  try {
    return open();
  } catch {
    throw new IntegrityError('what was sealed does not open');
  }
}
