/**
 * Stands in for the part of AWS's runtime client that is compiled from C++: the three calls to the
 * Runtime API. The original blocks until an answer is posted; here the next event waits for that.
 */
import { request } from 'node:http';
import process from 'node:process';

interface Told {
  readonly bodyJson: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

const api = `http://${process.env.AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime/invocation`;
let posted: Promise<unknown> = Promise.resolve();

function call(
  method: string,
  path: string,
  body?: string,
  headers: Record<string, string> = {},
): Promise<Told> {
  return new Promise((resolve, reject) => {
    const sent = request(`${api}/${path}`, { method, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () =>
        resolve({ bodyJson: Buffer.concat(chunks).toString(), headers: answer.headers }),
      );
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

export async function next(): Promise<Told> {
  await posted;
  return call('GET', 'next');
}

export function done(id: string, body: string): void {
  posted = call('POST', `${id}/response`, body);
}

export function error(id: string, body: string, _trace: string): void {
  posted = call('POST', `${id}/error`, body);
}
