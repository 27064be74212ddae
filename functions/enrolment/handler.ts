import { room } from '#shared/http/room.ts';
import { listBatches } from './list-batches.ts';
import { opposeByAgent } from './oppose-by-agent.ts';
import { orderGuardianship } from './order-guardianship.ts';
import { orderLetters } from './order-letters.ts';
import { readBatch } from './read-batch.ts';
import { reportPosting } from './report-posting.ts';
import { reportReturns } from './report-returns.ts';
import { requestLetter } from './request-letter.ts';

export const handler = room(
  ...[opposeByAgent, requestLetter, orderGuardianship],
  ...[orderLetters, listBatches, readBatch, reportPosting, reportReturns],
);
