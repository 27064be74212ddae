import { Readable } from 'node:stream';
import { streamed } from '#shared/http/streamed.ts';
import { streamingRoom } from '#shared/http/streaming-room.ts';
import { refusals } from '#shared/kernel/refusal.ts';
import { log } from '#shared/log.ts';
import { routes } from './routes.ts';

const refuse = refusals('pieces', { withheld: [403, 'These bytes are withheld'] });
const piece = Buffer.alloc(64 * 1024, 'é');

async function* bytes(kind: string, count: number): AsyncGenerator<Buffer> {
  let sent = 0;
  try {
    if (kind === 'early') throw new Error('the source failed at once');
    for (; sent < count; sent += 1) yield piece;
    if (kind === 'late') throw new Error('the source failed on its way');
    if (kind === 'silent') await new Promise(() => undefined);
  } finally {
    log('info', { event: 'let-go', counts: { sent } });
  }
}

const read = streamed(routes.readPieces, async ({ params: { kind }, query: { pieces = 3 } }) => {
  if (kind === 'refused') throw refuse('withheld');
  const count = kind === 'empty' ? 0 : kind === 'endless' ? Number.POSITIVE_INFINITY : pieces;
  return {
    status: 200,
    headers: { 'content-type': 'text/plain; charset=utf-8' },
    body: Readable.from(bytes(kind, count), { objectMode: false }),
  };
});

export const handler = streamingRoom(read);
