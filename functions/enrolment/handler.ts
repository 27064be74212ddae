import { room } from '#shared/http/room.ts';
import { listBatches } from './list-batches.ts';
import { listImports } from './list-imports.ts';
import { listWaves } from './list-waves.ts';
import { opposeByAgent } from './oppose-by-agent.ts';
import { orderLetters } from './order-letters.ts';
import { planWave } from './plan-wave.ts';
import { readBatch } from './read-batch.ts';
import { readImport } from './read-import.ts';
import { readWave } from './read-wave.ts';
import { reportPosting } from './report-posting.ts';
import { reportReturns } from './report-returns.ts';
import { requestLetter } from './request-letter.ts';

export const handler = room(
  ...[planWave, readWave, listWaves, readImport, listImports, opposeByAgent, requestLetter],
  ...[orderLetters, listBatches, readBatch, reportPosting, reportReturns],
);
