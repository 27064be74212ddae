import type { IncomingMessage, ServerResponse } from 'node:http';
import { answer } from './answer.ts';
import { readBody } from './body.ts';
import { AwsFault, notImplemented } from './fault.ts';

export interface Call {
  /** Aborts when the caller hung up or the engine closes. */
  readonly gone: AbortSignal;
}

/** One operation: parsed by itself, answers a JSON object or throws an AwsFault. */
export type Operation = (input: unknown, call: Call) => object | Promise<object>;

interface JsonService {
  /** Prefix of `X-Amz-Target`, as `AmazonSQS`. */
  readonly target: string;
  readonly contentType: 'application/x-amz-json-1.0' | 'application/x-amz-json-1.1';
  readonly now: () => number;
  readonly operations: Readonly<Record<string, Operation>>;
  readonly closing: AbortSignal;
}

const maxBodyBytes = 8 * 1024 * 1024;

/** The `handle` of a service that speaks awsJson: operation by `X-Amz-Target`, JSON in and out. */
export function jsonHandler(service: JsonService) {
  return async (req: IncomingMessage, res: ServerResponse, body?: Buffer): Promise<void> => {
    const send = (status: number, told: object, headers = {}) =>
      answer(res, {
        status,
        now: service.now(),
        body: JSON.stringify(told),
        headers: { 'content-type': service.contentType, ...headers },
      });
    const hungUp = new AbortController();
    res.once('close', () => hungUp.abort());
    try {
      const operation = findOperation(service, req.headers['x-amz-target']);
      const input = parseJson(body ?? (await readBody(req, maxBodyBytes)));
      send(
        200,
        await operation(input, { gone: AbortSignal.any([hungUp.signal, service.closing]) }),
      );
    } catch (error) {
      const { fault, headers } = toWire(error);
      send(fault.status, { __type: fault.code, message: fault.message, ...fault.more }, headers);
    }
  };
}

function findOperation(service: JsonService, header: string | string[] | undefined): Operation {
  const [prefix, name = ''] = String(header ?? '').split('.');
  const operation = Object.hasOwn(service.operations, name) ? service.operations[name] : undefined;
  if (prefix !== service.target || !operation)
    throw notImplemented(`${header ?? 'no X-Amz-Target'}`);
  return operation;
}

function parseJson(body: Buffer): unknown {
  try {
    return body.length === 0 ? {} : JSON.parse(body.toString('utf8'));
  } catch {
    throw new AwsFault('SerializationException', 'The body is not JSON');
  }
}

/** A defect of an engine is told as AWS's 500 and printed: it is ours to mend. */
export function toWire(error: unknown): { fault: AwsFault; headers: Record<string, string> } {
  if (!(error instanceof AwsFault)) console.error('engine defect', error);
  const fault =
    error instanceof AwsFault
      ? error
      : new AwsFault('InternalFailure', 'A defect of the engine at home', { status: 500 });
  const headers: Record<string, string> = { 'x-amzn-errortype': fault.code };
  if (fault.queryCode) headers['x-amzn-query-error'] = `${fault.queryCode};Sender`;
  return { fault, headers };
}
