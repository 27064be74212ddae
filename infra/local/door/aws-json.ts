import { Agent, request } from 'node:http';
import * as z from 'zod';

export interface JsonAnswer {
  readonly status: number;
  readonly body: unknown;
  /** Short error name, '' on success. */
  readonly error: string;
  readonly message: string;
}

/** A call of an AWS JSON protocol: `Service_Version.Operation` and its input. */
export type AwsJson = (target: string, input: unknown) => Promise<JsonAnswer>;

interface Caller {
  readonly accessKeyId: string;
  /** Name of the service in the credential scope. */
  readonly service: string;
  readonly region: string;
  readonly version?: '1.0' | '1.1';
}

const Fault = z.looseObject({
  __type: z.string().default('UnknownError'),
  message: z.string().optional(),
  Message: z.string().optional(),
});
const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/**
 * A client for the world's own calls at 127.0.0.1: no SDK, no signature (the door believes the access
 * key; only S3 checks more), no retries. Rejects when the connection fails.
 */
export function awsJson(port: number, caller: Caller): AwsJson {
  const scope = `${caller.accessKeyId}/20220101/${caller.region}/${caller.service}/aws4_request`;
  const headers = {
    'content-type': `application/x-amz-json-${caller.version ?? '1.0'}`,
    authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`,
  };
  return async (target, input) => {
    const body = Buffer.from(JSON.stringify(input));
    const sent = { ...headers, 'x-amz-target': target, 'content-length': body.length };
    const { status, text } = await exchange(port, sent, body);
    const answer: unknown = text === '' ? {} : JSON.parse(text);
    if (status < 300) return { status, body: answer, error: '', message: '' };
    const fault = Fault.safeParse(answer).data;
    const error = fault?.__type.split('#').at(-1) ?? 'UnknownError';
    return { status, body: answer, error, message: fault?.message ?? fault?.Message ?? '' };
  };
}

function exchange(port: number, headers: Record<string, string | number>, body: Buffer) {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, agent, method: 'POST', path: '/', headers });
    call.once('error', reject);
    call.once('response', (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.once('error', reject);
      answer.once('end', () => {
        resolve({ status: answer.statusCode ?? 502, text: Buffer.concat(chunks).toString() });
      });
    });
    call.end(body);
  });
}

/** Output of a call, parsed; throws with AWS's error name when it was refused. */
export function outputOf<T>(schema: z.ZodType<T>, answer: JsonAnswer): T {
  if (answer.status >= 300) throw new AwsCallFailed(answer.error, answer.message);
  return schema.parse(answer.body);
}

/** A call that the other side refused, by AWS's name of the refusal. */
export class AwsCallFailed extends Error {
  override readonly name = 'AwsCallFailed';
  readonly code: string;

  constructor(code: string, message: string) {
    super(`${code}: ${message}`);
    this.code = code;
  }
}
