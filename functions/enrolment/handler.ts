import { room } from '#shared/http/room.ts';
import { callBack } from './call-back.ts';
import { closeByAgent } from './close-by-agent.ts';
import { correctDeath } from './correct-death.ts';
import { decideSuspension } from './decide-suspension.ts';
import { declareDeath } from './declare-death.ts';
import { listBatches } from './list-batches.ts';
import { opposeByAgent } from './oppose-by-agent.ts';
import { orderGuardianship } from './order-guardianship.ts';
import { orderLetters } from './order-letters.ts';
import { readBatch } from './read-batch.ts';
import { reportPosting } from './report-posting.ts';
import { reportReturns } from './report-returns.ts';
import { requestLetter } from './request-letter.ts';
import { suspend } from './suspend.ts';

export const handler = room(
  ...[opposeByAgent, requestLetter, orderGuardianship],
  ...[closeByAgent, callBack],
  ...[declareDeath, correctDeath, suspend, decideSuspension],
  ...[orderLetters, listBatches, readBatch, reportPosting, reportReturns],
);
