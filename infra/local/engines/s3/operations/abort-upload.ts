import { transaction } from '#infra/local/engines/database.ts';
import type { S3Operation } from '../context.ts';
import { uploadOf } from './upload-part.ts';

export const abortUpload: S3Operation = (s3, request) => {
  const { id } = uploadOf(s3, request);
  const parts = transaction(s3.db, () => {
    const sent = s3.uploads.parts(id);
    s3.uploads.end(id);
    return sent;
  });
  s3.segments.remove(parts.map(({ segment }) => segment));
  return { status: 204 };
};
