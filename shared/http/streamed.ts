import { once } from 'node:events';
import type { Readable } from 'node:stream';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import { logDamage } from '../log.ts';
import { IntegrityError } from '../sealing/integrity.ts';
import type { RestAnswer } from './event.ts';
import { problems, secured } from './every-answer.ts';
import { type Asked, askedOf } from './operation.ts';
import type { Route } from './route.ts';

/** An answer whose bytes go out as they come. Its headers say the type of the content. */
export interface StreamedAnswer {
  readonly status: number;
  readonly body: Readable;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StreamedOperation {
  readonly route: Route & { readonly stream: true };
  readonly handler: (event: unknown, context: Context) => Promise<RestAnswer<Readable | string>>;
}

/**
 * One operation of a room that answers with a stream: admits, parses and tells problems as `operation`
 * does, also of a stream that fails before its first byte; what fails later breaks the connection.
 */
export function streamed<const R extends Route & { readonly stream: true }>(
  route: R,
  act: (asked: Asked<R>) => Promise<StreamedAnswer>,
): StreamedOperation {
  const answer = async (raw: unknown): Promise<RestAnswer<Readable | string>> => {
    const { status, body, headers } = await act(askedOf(route, raw));
    await begun(body);
    body.once('error', (error) => {
      // The answer is on its way: nobody is told by it, so it must be told here.
      if (error instanceof IntegrityError)
        logDamage({ event: 'integrity', route: `${route.method} ${route.path}` });
    });
    return { statusCode: status, headers: { ...headers }, body };
  };
  const chain = middy<unknown, RestAnswer<Readable | string>>({ timeoutEarlyInMillis: 0 })
    .use(secured<Readable>())
    .use(problems<Readable>(route))
    .handler(answer);
  return { route, handler: (event, context) => chain(event, context) };
}

/** Resolves when a first byte is there to be read, or the end; rejects with what the stream failed of. */
async function begun(body: Readable): Promise<void> {
  if (body.destroyed) throw body.errored ?? new Error('the stream ended before it began');
  if (body.readableLength === 0 && !body.readableEnded) await once(body, 'readable');
}
