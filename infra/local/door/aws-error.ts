import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import type { Service } from './call.ts';

export interface AwsError {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** Further members of a JSON error, e.g. cancellation reasons. */
  readonly more?: Readonly<Record<string, unknown>>;
}

const namespaces: Partial<Record<Service, string>> = {
  dynamodb: 'com.amazonaws.dynamodb.v20120810#',
  streams: 'com.amazonaws.dynamodb.v20120810#',
  sqs: 'com.amazonaws.sqs#',
};

/** Answers an error in the shape of the service's protocol: JSON 1.0 and 1.1, S3's XML, SES's rest-json. */
export function answerError(
  res: ServerResponse,
  service: Service,
  error: AwsError,
  now: number,
): void {
  if (res.headersSent || res.destroyed) return;
  const requestId = randomUUID();
  const shared = { date: new Date(now).toUTCString(), 'x-amzn-requestid': requestId };
  if (service === 's3') {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${escaped(error.code)}</Code><Message>${escaped(error.message)}</Message><RequestId>${requestId}</RequestId></Error>`;
    res.writeHead(error.status, {
      ...shared,
      'x-amz-request-id': requestId,
      'content-type': 'application/xml',
      'content-length': Buffer.byteLength(body),
    });
    res.end(body);
    return;
  }
  const rest = service === 'ses';
  const told = {
    __type: `${namespaces[service] ?? ''}${error.code}`,
    message: error.message,
    ...error.more,
  };
  const body = JSON.stringify(rest ? { message: error.message } : told);
  res.writeHead(error.status, {
    ...shared,
    'content-type': rest ? 'application/json' : 'application/x-amz-json-1.0',
    'content-length': Buffer.byteLength(body),
    ...(rest ? { 'x-amzn-errortype': error.code } : {}),
  });
  res.end(body);
}

function escaped(text: string): string {
  return text.replace(/[<>&]/g, (one) => ({ '<': '&lt;', '>': '&gt;', '&': '&amp;' })[one] ?? one);
}

/** IAM's refusal, with the permission named as people read it. */
export function accessDenied(
  service: Service,
  caller: string,
  permission: { action: string; resource: string },
): AwsError {
  const code = service === 's3' ? 'AccessDenied' : 'AccessDeniedException';
  const message = `User: ${caller} is not authorized to perform: ${permission.action} on resource: ${permission.resource}`;
  return {
    status:
      service === 'dynamodb' || service === 'streams' || service === 'kms' || service === 'events'
        ? 400
        : 403,
    code,
    message,
  };
}

/** How each service says that it was called too fast. */
export function throttled(service: Service): AwsError {
  switch (service) {
    case 'dynamodb':
      return {
        status: 400,
        code: 'ThrottlingException',
        message: 'Rate of requests exceeds the allowed throughput.',
      };
    case 's3':
      return { status: 503, code: 'SlowDown', message: 'Please reduce your request rate.' };
    case 'ses':
      return {
        status: 429,
        code: 'TooManyRequestsException',
        message: 'Maximum sending rate exceeded.',
      };
    default:
      return { status: 400, code: 'ThrottlingException', message: 'Rate exceeded' };
  }
}

/** What DynamoDB answers when another transaction works on an item; DynamoDB Local never does. */
export function conflicting(operation: string, items: number): AwsError {
  if (operation !== 'TransactWriteItems' && operation !== 'TransactGetItems') {
    return {
      status: 400,
      code: 'TransactionConflictException',
      message: 'Transaction is ongoing for the item',
    };
  }
  const reasons = Array.from({ length: Math.max(1, items) }, (_, index) =>
    index === 0
      ? { Code: 'TransactionConflict', Message: 'Transaction is ongoing for the item' }
      : { Code: 'None' },
  );
  const codes = reasons.map(({ Code }) => Code).join(', ');
  return {
    status: 400,
    code: 'TransactionCanceledException',
    message: `Transaction cancelled, please refer cancellation reasons for specific reasons [${codes}]`,
    more: { CancellationReasons: reasons },
  };
}
