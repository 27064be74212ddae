import { room } from '#shared/http/room.ts';
import { listBatches } from './list-batches.ts';
import { listImports } from './list-imports.ts';
import { listSuspensions } from './list-suspensions.ts';
import { listWaves } from './list-waves.ts';
import { orderLetters } from './order-letters.ts';
import { paceWave } from './pace-wave.ts';
import { pauseWave } from './pause-wave.ts';
import { planWave } from './plan-wave.ts';
import { previewWave } from './preview-wave.ts';
import { readBatch } from './read-batch.ts';
import { readImport } from './read-import.ts';
import { readWave } from './read-wave.ts';
import { reportPosting } from './report-posting.ts';
import { reportReturns } from './report-returns.ts';
import { startWave } from './start-wave.ts';
import { stopWave } from './stop-wave.ts';

export const handler = room(
  ...[planWave, readWave, listWaves, startWave, pauseWave, stopWave, paceWave, previewWave],
  ...[readImport, listImports],
  listSuspensions,
  ...[orderLetters, listBatches, readBatch, reportPosting, reportReturns],
);
