import type { Call } from './call.ts';
import { type Premises, UnknownOperation } from './needs.ts';
import type { Need } from './policy.ts';

const onObject: Readonly<Record<string, string>> = {
  GetObject: 's3:GetObject',
  HeadObject: 's3:GetObject',
  PutObject: 's3:PutObject',
  CreateMultipartUpload: 's3:PutObject',
  UploadPart: 's3:PutObject',
  CompleteMultipartUpload: 's3:PutObject',
  AbortMultipartUpload: 's3:AbortMultipartUpload',
  ListParts: 's3:ListMultipartUploadParts',
  DeleteObject: 's3:DeleteObject',
};
const onBucket: Readonly<Record<string, string>> = {
  ListObjectsV2: 's3:ListBucket',
  HeadBucket: 's3:ListBucket',
  ListObjectVersions: 's3:ListBucketVersions',
  ListMultipartUploads: 's3:ListBucketMultipartUploads',
};
const writes = /^(PutObject|CreateMultipartUpload|UploadPart|CompleteMultipartUpload)$/;

/** Objects by bucket and key, with the bucket's key: a data key to write, its opening to read (and to assemble parts). */
export function objectNeeds({ operation, url, headers }: Call, premises: Premises): Need[] {
  const [bucket = '', ...rest] = decodeURIComponent(url.pathname).replace(/^\//, '').split('/');
  const arn = `arn:aws:s3:::${bucket}`;
  const listing = onBucket[operation];
  if (listing !== undefined) {
    const prefix = url.searchParams.get('prefix') ?? '';
    return [{ action: listing, resource: arn, facts: { 's3:prefix': prefix } }];
  }
  if (operation === 'CopyObject') return copyNeeds(`${arn}/${rest.join('/')}`, headers, premises);
  const action = onObject[operation];
  if (action === undefined) throw new UnknownOperation(`s3:${operation}`);
  const versioned = url.searchParams.has('versionId') && /^s3:(Get|Delete)Object$/.test(action);
  const need = {
    action: versioned ? `${action}Version` : action,
    resource: `${arn}/${rest.join('/')}`,
  };
  return [need, ...underKey(operation, bucket, premises)];
}

function copyNeeds(target: string, headers: Call['headers'], premises: Premises): Need[] {
  const source = decodeURIComponent(String(headers['x-amz-copy-source'])).replace(/^\//, '');
  const from = source.split('/')[0] ?? '';
  const to = target.replace('arn:aws:s3:::', '').split('/')[0] ?? '';
  return [
    { action: 's3:GetObject', resource: `arn:aws:s3:::${source}` },
    { action: 's3:PutObject', resource: target },
    ...underKey('GetObject', from, premises),
    ...underKey('PutObject', to, premises),
  ];
}

function underKey(
  operation: string,
  bucket: string,
  { inventory, region, account }: Premises,
): Need[] {
  const resource = inventory.buckets.find((one) => one.name === bucket)?.keyArn;
  if (resource === undefined) return [];
  const facts = { 'kms:ViaService': `s3.${region}.amazonaws.com`, 'kms:CallerAccount': account };
  const generate = { action: 'kms:GenerateDataKey', resource, facts };
  const decrypt = { action: 'kms:Decrypt', resource, facts };
  if (operation === 'PutObject') return [generate];
  if (writes.test(operation)) return [generate, decrypt];
  return operation === 'GetObject' || operation === 'HeadObject' ? [decrypt] : [];
}
