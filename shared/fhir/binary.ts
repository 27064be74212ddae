import type { Readable } from 'node:stream';

/** Whether a caller would have the FHIR resource rather than the bytes that it holds. */
export function wantsResource(accept: string): boolean {
  return /^\s*application\/fhir\+json/i.test(accept);
}

/** A Binary as JSON, made as its content comes; a content that breaks off breaks it, too. */
export async function* asBinary(
  content: Readable,
  { id, contentType }: { readonly id: string; readonly contentType: string },
): AsyncGenerator<string> {
  const securityContext = { reference: `DocumentReference/${id}` };
  const head = JSON.stringify({ resourceType: 'Binary', id, contentType, securityContext });
  let begin = `${head.slice(0, -1)},"data":"`;
  let rest = Buffer.alloc(0);
  for await (const piece of content) {
    const bytes = Buffer.concat([rest, piece]);
    // Base64 takes three bytes at a time: what is over waits for the next piece.
    const whole = bytes.length - (bytes.length % 3);
    rest = bytes.subarray(whole);
    // Nothing is said before the first bytes are there: until then a failure is an ordinary answer.
    yield begin + bytes.toString('base64', 0, whole);
    begin = '';
  }
  yield `${begin}${rest.toString('base64')}"}`;
}
