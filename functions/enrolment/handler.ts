import { room } from '#shared/http/room.ts';
import { correctDeath } from './correct-death.ts';
import { decideSuspension } from './decide-suspension.ts';
import { declareDeath } from './declare-death.ts';
import { opposeByAgent } from './oppose-by-agent.ts';
import { orderGuardianship } from './order-guardianship.ts';
import { requestLetter } from './request-letter.ts';
import { suspend } from './suspend.ts';

export const handler = room(
  ...[opposeByAgent, requestLetter, orderGuardianship],
  ...[declareDeath, correctDeath, suspend, decideSuspension],
);
