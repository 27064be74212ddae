import { AwsFault } from '#infra/local/engines/wire/fault.ts';

const maxLineBytes = 4096;

/**
 * Decodes aws-chunked: the data comes out of `data`, and once that is read to its end `trailers`
 * holds the checksums sent behind it. Keeps one piece of the request in memory, never the body.
 */
export class ChunkedBody {
  readonly trailers = new Map<string, string>();
  #held = Buffer.alloc(0);
  readonly #source: AsyncIterator<Buffer>;

  constructor(source: AsyncIterable<Buffer>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  async *data(): AsyncGenerator<Buffer> {
    for (;;) {
      const left = chunkSize(await this.#line());
      if (left === 0) break;
      yield* this.#bytes(left);
      if ((await this.#line()) !== '') throw malformed();
    }
    for (let line = await this.#line(); line !== ''; line = await this.#line()) {
      const colon = line.indexOf(':');
      if (colon < 1) throw malformed();
      this.trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
    }
  }

  async *#bytes(count: number): AsyncGenerator<Buffer> {
    for (let left = count; left > 0; ) {
      if (this.#held.length === 0) await this.#more();
      const part = this.#held.subarray(0, left);
      this.#held = this.#held.subarray(part.length);
      left -= part.length;
      yield part;
    }
  }

  async #line(): Promise<string> {
    for (;;) {
      const end = this.#held.indexOf('\r\n');
      if (end >= 0) {
        const line = this.#held.toString('latin1', 0, end);
        this.#held = this.#held.subarray(end + 2);
        return line;
      }
      if (this.#held.length > maxLineBytes) throw malformed();
      await this.#more();
    }
  }

  async #more(): Promise<void> {
    const next = await this.#source.next();
    if (next.done === true) throw malformed();
    const piece = Buffer.from(next.value);
    this.#held = this.#held.length === 0 ? piece : Buffer.concat([this.#held, piece]);
  }
}

/** `1f` or `1f;chunk-signature=…`; the size in bytes. */
function chunkSize(line: string): number {
  const match = /^([0-9a-fA-F]{1,8})(;.*)?$/.exec(line);
  if (match?.[1] === undefined) throw malformed();
  return Number.parseInt(match[1], 16);
}

const malformed = () => new AwsFault('IncompleteBody', 'The aws-chunked body is cut or malformed.');
