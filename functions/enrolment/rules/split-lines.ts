/** A line of a file, with the place where the next one begins. */
export interface FileLine {
  /** From 1; the header is line 1. */
  readonly number: number;
  /** Undefined where the line is longer than the limit: its content was skipped. */
  readonly bytes: Uint8Array | undefined;
  /** Offset of the byte after the line's end. */
  readonly end: number;
}

/** Where reading stands: enough to go on in another process. */
export interface Place {
  readonly offset: number;
  /** Number of the line that begins (or goes on) at the offset. */
  readonly line: number;
  /** Whether the offset lies inside a line that was already found too long. */
  readonly skipping: boolean;
}

const newline = 0x0a;
const carriageReturn = 0x0d;

/** Cuts a file into lines, chunk by chunk, holding never more than one line of at most `maxBytes`. */
export function lineSplitter(from: Place, maxBytes: number) {
  let { offset, line, skipping } = from;
  let held: Uint8Array = new Uint8Array(0);

  const close = (bytes: Uint8Array | undefined, end: number): FileLine => {
    const number = line;
    line++;
    offset = end;
    skipping = false;
    held = new Uint8Array(0);
    return { number, bytes: bytes && withoutReturn(bytes), end };
  };

  function* feed(chunk: Uint8Array): Generator<FileLine> {
    let at = 0;
    // Where the chunk begins in the file: a skipped part was already counted into the offset.
    const begin = offset + (skipping ? 0 : held.length);
    while (at < chunk.length) {
      const found = chunk.indexOf(newline, at);
      const end = found < 0 ? chunk.length : found;
      const piece = chunk.subarray(at, end);
      const tooLong = skipping || held.length + piece.length > maxBytes;
      at = found < 0 ? chunk.length : found + 1;
      if (found >= 0) yield close(tooLong ? undefined : joined(held, piece), begin + at);
      else if (tooLong) {
        skipping = true;
        held = new Uint8Array(0);
        offset = begin + at;
      } else held = joined(held, piece);
    }
  }

  return {
    feed,
    /** The last line, where the file does not end with a line break. */
    *flush(): Generator<FileLine> {
      if (skipping) yield close(undefined, offset);
      else if (held.length > 0) yield close(held, offset + held.length);
    },
    /** Where to go on after the last line that was handed out. */
    place: (): Place => ({ offset, line, skipping }),
  };
}

const withoutReturn = (bytes: Uint8Array): Uint8Array =>
  bytes.at(-1) === carriageReturn ? bytes.subarray(0, -1) : bytes;

function joined(left: Uint8Array, right: Uint8Array): Uint8Array {
  if (left.length === 0) return right.slice();
  const both = new Uint8Array(left.length + right.length);
  both.set(left);
  both.set(right, left.length);
  return both;
}
