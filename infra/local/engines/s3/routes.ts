import { notImplemented } from '../wire/fault.ts';
import type { S3Operation } from './context.ts';
import { abortUpload } from './operations/abort-upload.ts';
import { completeUpload } from './operations/complete-upload.ts';
import { createUpload } from './operations/create-upload.ts';
import { deleteObject } from './operations/delete-object.ts';
import { getObject } from './operations/get-object.ts';
import { listObjectVersions } from './operations/list-object-versions.ts';
import { listObjects } from './operations/list-objects.ts';
import { putObject } from './operations/put-object.ts';
import { uploadPart } from './operations/upload-part.ts';

interface S3Route {
  readonly name: string;
  readonly operation: S3Operation;
  /** Query parameters that the operation reads; any other is 501. */
  readonly parameters: readonly string[];
  /** Whether If-Match and If-None-Match are played. */
  readonly conditions?: boolean;
}

const paging = ['prefix', 'continuation-token', 'start-after', 'max-keys', 'encoding-type'];
const headBucket: S3Operation = () => ({ status: 200 });

/** By what S3 tells operations apart: method, object or bucket, and one telling parameter. */
const routes: Readonly<Record<string, S3Route>> = {
  'HEAD bucket': { name: 'HeadBucket', operation: headBucket, parameters: [] },
  'GET bucket list-type': {
    name: 'ListObjectsV2',
    operation: listObjects,
    parameters: ['list-type', ...paging],
  },
  'GET bucket versions': {
    name: 'ListObjectVersions',
    operation: listObjectVersions,
    parameters: [
      'versions',
      ...['prefix', 'key-marker', 'version-id-marker', 'max-keys', 'encoding-type'],
    ],
  },
  'PUT object': { name: 'PutObject', operation: putObject, parameters: [], conditions: true },
  'GET object': {
    name: 'GetObject',
    operation: getObject,
    parameters: ['versionId'],
    conditions: true,
  },
  'HEAD object': {
    name: 'HeadObject',
    operation: getObject,
    parameters: ['versionId'],
    conditions: true,
  },
  'DELETE object': { name: 'DeleteObject', operation: deleteObject, parameters: ['versionId'] },
  'POST object uploads': {
    name: 'CreateMultipartUpload',
    operation: createUpload,
    parameters: ['uploads'],
  },
  'PUT object uploadId': {
    name: 'UploadPart',
    operation: uploadPart,
    parameters: ['uploadId', 'partNumber'],
  },
  'POST object uploadId': {
    name: 'CompleteMultipartUpload',
    operation: completeUpload,
    parameters: ['uploadId'],
    conditions: true,
  },
  'DELETE object uploadId': {
    name: 'AbortMultipartUpload',
    operation: abortUpload,
    parameters: ['uploadId'],
  },
};
const telling = ['list-type', 'versions', 'uploads', 'uploadId'];

/** The operation of a request; 501 for every one that home does not play. */
export function findRoute(method: string, key: string, query: URLSearchParams): S3Route {
  const mark = telling.find((name) => query.has(name));
  const name = [method, key === '' ? 'bucket' : 'object', mark].filter(Boolean).join(' ');
  const route = routes[name];
  if (route === undefined) throw notImplemented(`S3 ${name} ?${[...query.keys()].join('&')}`);
  return route;
}
