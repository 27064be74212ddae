import { room } from '#shared/http/room.ts';
import { listBatches } from './list-batches.ts';
import { listLetters } from './list-letters.ts';
import { listNotices } from './list-notices.ts';
import { readBatch } from './read-batch.ts';
import { readManifest } from './read-manifest.ts';
import { readNotice } from './read-notice.ts';
import { reportPosting } from './report-posting.ts';
import { reportReturns } from './report-returns.ts';

export const handler = room(
  listNotices,
  readNotice,
  listLetters,
  ...[listBatches, readBatch, readManifest, reportPosting, reportReturns],
);
