import type { Readable, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Context } from 'aws-lambda';
import * as z from 'zod';
import { anonymous, log } from '../log.ts';
import type { RestAnswer } from './event.ts';
import { told } from './every-answer.ts';
import { problemOf, request } from './problem.ts';
import type { StreamedOperation } from './streamed.ts';

type Streaming = (event: unknown, out: Writable, context: Context) => Promise<void>;

/** What Lambda's runtime for Node puts beside the function. */
interface AwsLambda {
  streamifyResponse(handler: Streaming): Streaming;
  readonly HttpResponseStream: {
    /** Sends status and headers before the first byte. */
    from(out: Writable, prelude: Omit<RestAnswer, 'body'>): Writable;
  };
}
declare const awslambda: AwsLambda;

/** The answer broke off after its first byte. Tells nothing of the reason, which was logged. */
class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

const Found = z.object({ httpMethod: z.string(), resource: z.string() });

/** The handler of a room's streamed operations: finds one by method and path, and sends its answer as it comes. */
export function streamingRoom(...operations: readonly StreamedOperation[]): Streaming {
  const byRoute = new Map(
    operations.map((operation) => [`${operation.route.method} ${operation.route.path}`, operation]),
  );
  return awslambda.streamifyResponse(async (event, out, context) => {
    const { httpMethod, resource } = Found.parse(event);
    const operation = byRoute.get(`${httpMethod} ${resource}`);
    const answer = operation
      ? await operation.handler(event, context)
      : told(problemOf(request('not-found')));
    await send(answer, out, `${httpMethod} ${resource}`);
  });
}

async function send(
  { body, ...prelude }: RestAnswer<Readable | string>,
  out: Writable,
  route: string,
): Promise<void> {
  const http = awslambda.HttpResponseStream.from(out, prelude);
  // The prelude goes with the first write, and an empty body would have none.
  http.write('');
  try {
    await pipeline(typeof body === 'string' ? [body] : body, http, { end: false });
  } catch (error) {
    log('warn', { event: 'broken-off', route, ...anonymous(error) });
    // An answer that was cut must not look whole, so its connection breaks. That ends the environment, too,
    // and Lambda's runtime writes what it died of into the log: not the reason, which may tell of content.
    const broken = new BrokenOff('the answer broke off');
    http.destroy(broken);
    throw broken;
  }
  await new Promise<void>((resolve, reject) => {
    http.once('error', () => reject(new BrokenOff('the answer broke off')));
    http.end(resolve);
  });
}
