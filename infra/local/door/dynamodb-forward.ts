import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from 'node:http';
import { isObject } from '#infra/local/template/intrinsics.ts';
import type { Call } from './call.ts';

export interface DatabaseAnswer {
  readonly status: number;
  /** Parsed, with what the world asked for beside the caller's wishes still in it. */
  readonly body: unknown;
  readonly error: string;
  /** What the caller gets. */
  readonly bytes: Buffer;
  readonly headers: OutgoingHttpHeaders;
}

/** Where DynamoDB Local listens, and whose ARNs it is to speak of. */
export interface Database {
  readonly port: () => number;
  readonly region: string;
  readonly account: string;
}

const counted =
  /^(Get|Put|Update|Delete|BatchGet|BatchWrite|TransactGet|TransactWrite)Items?$|^(Query|Scan)$/;
const localArn = 'arn:aws:dynamodb:ddblocal:000000000000:';
const agent = new Agent({ keepAlive: true, maxSockets: 128 });

/**
 * One call to DynamoDB Local. Asks for consumed capacity on top of what the caller asked and takes it
 * out again; turns its made-up region and account in ARNs into the template's, both ways.
 */
export async function forwardToDatabase(
  call: Call,
  body: Buffer,
  to: Database,
): Promise<DatabaseAnswer> {
  const arn = `arn:aws:dynamodb:${to.region}:${to.account}:`;
  const asksUnits = call.service === 'dynamodb' && counted.test(call.operation);
  const wished = call.input?.ReturnConsumedCapacity;
  const sent = asksUnits
    ? Buffer.from(JSON.stringify({ ...call.input, ReturnConsumedCapacity: 'INDEXES' }))
    : Buffer.from(body.toString().replaceAll(arn, localArn));
  const { status, headers, text } = await exchange(call, sent, to.port());
  const renamed = text.includes('ddblocal') ? text.replaceAll(localArn, arn) : text;
  const parsed: unknown = renamed === '' ? {} : JSON.parse(renamed);
  const hidesUnits = asksUnits && status < 300 && (wished === undefined || wished === 'NONE');
  const told = hidesUnits && isObject(parsed) ? JSON.stringify(withoutUnits(parsed)) : renamed;
  return {
    status,
    headers,
    body: parsed,
    error: errorOf(parsed, status),
    bytes: Buffer.from(told),
  };
}

/** A question of the door's own beside a call, in the caller's name; counted nowhere. */
export function askDatabase(
  call: Call,
  operation: string,
  { input, to }: { readonly input: Call['input']; readonly to: Database },
): Promise<DatabaseAnswer> {
  const headers = { ...call.headers, 'x-amz-target': `DynamoDB_20120810.${operation}` };
  const body = Buffer.from(JSON.stringify(input));
  return forwardToDatabase({ ...call, operation, input, headers }, body, to);
}

function withoutUnits({ ConsumedCapacity: _units, ...rest }: Record<string, unknown>): unknown {
  return rest;
}

function errorOf(body: unknown, status: number): string {
  if (status < 300 || !isObject(body)) return '';
  return String(body.__type).split('#').at(-1) ?? '';
}

function exchange(call: Call, body: Buffer, port: number) {
  const { connection: _hop, 'transfer-encoding': _framing, ...sent } = call.headers;
  const headers = { ...sent, 'content-length': body.length };
  return new Promise<{ status: number; headers: OutgoingHttpHeaders; text: string }>(
    (resolve, reject) => {
      const out = request({ host: '127.0.0.1', port, agent, method: 'POST', path: '/', headers });
      out.once('error', reject);
      out.once('response', (answer: IncomingMessage) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.once('error', reject);
        answer.once('end', () => {
          // DynamoDB Local's checksum is of the body before the units were taken out of it.
          const {
            'x-amz-crc32': _sum,
            date: _real,
            connection: _c,
            'transfer-encoding': _t,
            server: _s,
            ...kept
          } = answer.headers;
          resolve({
            status: answer.statusCode ?? 502,
            headers: kept,
            text: Buffer.concat(chunks).toString(),
          });
        });
      });
      out.end(body);
    },
  );
}
