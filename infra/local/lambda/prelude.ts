/** What stands between status and headers of a streamed answer and its body. */
const delimiter = Buffer.alloc(8);
/** Longer than all headers that a gateway passes on. */
const mostBytes = 64 * 1024;

/** Status and headers as the function wrote them, and the first bytes of the body. */
export interface Prelude {
  readonly told: unknown;
  readonly rest: Buffer;
}

/** Reads pieces until the prelude is complete; throws when there is none where one must be. */
export function preludeReader(): (piece: Uint8Array) => Prelude | undefined {
  let held = Buffer.alloc(0);
  return (piece) => {
    held = Buffer.concat([held, piece]);
    const end = held.indexOf(delimiter);
    if (end < 0 && held.length > mostBytes) throw new Error('a streamed answer without prelude');
    if (end < 0) return undefined;
    const told: unknown = JSON.parse(held.subarray(0, end).toString());
    return { told, rest: held.subarray(end + delimiter.length) };
  };
}

/** Status, headers and body of a streamed answer that was taken whole, as one object. */
export function wholeAnswer(pieces: readonly Uint8Array[]): unknown {
  const prelude = preludeReader()(Buffer.concat(pieces));
  return prelude && { ...Object(prelude.told), body: prelude.rest.toString() };
}
