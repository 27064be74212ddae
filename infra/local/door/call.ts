import type { IncomingMessage } from 'node:http';

export type Service =
  | 'dynamodb'
  | 'streams'
  | 's3'
  | 'sqs'
  | 'kms'
  | 'ses'
  | 'sms-voice'
  | 'events';

/** One AWS call as the door understands it, before rights are judged. */
export interface Call {
  readonly service: Service;
  /** AWS's name of the operation, e.g. `TransactWriteItems`; for S3 and SES worked out from method and path. */
  readonly operation: string;
  readonly accessKeyId: string;
  /** The execution environment that calls: the session token that the world gave its worker. */
  readonly environment: string | undefined;
  /** JSON input; undefined for S3, whose bodies are streamed. */
  readonly input: Readonly<Record<string, unknown>> | undefined;
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingMessage['headers'];
}

export interface Signed {
  readonly accessKeyId: string;
  /** Service of the credential scope. */
  readonly scope: string;
  readonly environment: string | undefined;
}

/** Who calls what, from the Authorization header or a presigned query; undefined when unsigned. */
export function signatureOf(req: IncomingMessage, url: URL): Signed | undefined {
  const header = /Credential=([^/,\s]+)\/\d{8}\/[^/]+\/([^/]+)\/aws4_request/.exec(
    req.headers.authorization ?? '',
  );
  const token = req.headers['x-amz-security-token'];
  if (header !== null) {
    return {
      accessKeyId: header[1] ?? '',
      scope: header[2] ?? '',
      environment: typeof token === 'string' ? token : undefined,
    };
  }
  const [accessKeyId, , , scope] = url.searchParams.get('X-Amz-Credential')?.split('/') ?? [];
  if (accessKeyId === undefined || scope === undefined) return undefined;
  return {
    accessKeyId,
    scope,
    environment: url.searchParams.get('X-Amz-Security-Token') ?? undefined,
  };
}

const byPrefix: Readonly<Record<string, Service>> = {
  DynamoDB_20120810: 'dynamodb',
  DynamoDBStreams_20120810: 'streams',
  AmazonSQS: 'sqs',
  TrentService: 'kms',
  AWSEvents: 'events',
  PinpointSMSVoiceV2: 'sms-voice',
};

/** Service and operation of a JSON call, by its target header. */
export function targetOf(
  req: IncomingMessage,
): { service: Service; operation: string } | undefined {
  const target = req.headers['x-amz-target'];
  if (typeof target !== 'string') return undefined;
  const [prefix = '', operation = ''] = target.split('.');
  const service = byPrefix[prefix];
  return service === undefined ? undefined : { service, operation };
}

/** S3's operation by method and path, as far as the system uses it; others bear no name that a policy could allow. */
export function s3Operation(method: string, url: URL, headers: IncomingMessage['headers']): string {
  const inObject = url.pathname.replace(/^\//, '').includes('/') && !url.pathname.endsWith('/');
  const has = (name: string) => url.searchParams.has(name);
  const odd = [
    'acl',
    'tagging',
    'retention',
    'legal-hold',
    'policy',
    'versioning',
    'lifecycle',
    'cors',
    'torrent',
  ];
  const sub = odd.find(has);
  if (sub !== undefined) return `${method} ?${sub}`;
  if (!inObject) return bucketOperation(method, has);
  if (method === 'GET') return has('uploadId') ? 'ListParts' : 'GetObject';
  if (method === 'HEAD') return 'HeadObject';
  if (method === 'DELETE') return has('uploadId') ? 'AbortMultipartUpload' : 'DeleteObject';
  if (method === 'POST' && has('uploads')) return 'CreateMultipartUpload';
  if (method === 'POST' && has('uploadId')) return 'CompleteMultipartUpload';
  if (method === 'PUT' && has('partNumber')) return 'UploadPart';
  if (method === 'PUT')
    return headers['x-amz-copy-source'] === undefined ? 'PutObject' : 'CopyObject';
  return `${method} object`;
}

function bucketOperation(method: string, has: (name: string) => boolean): string {
  if (method === 'GET' && has('versions')) return 'ListObjectVersions';
  if (method === 'GET' && has('uploads')) return 'ListMultipartUploads';
  if (method === 'GET') return 'ListObjectsV2';
  if (method === 'POST' && has('delete')) return 'DeleteObjects';
  if (method === 'HEAD') return 'HeadBucket';
  return `${method} bucket`;
}
