import { room } from '#shared/http/room.ts';
import { callBack } from './call-back.ts';
import { closeByAgent } from './close-by-agent.ts';
import { endAssistedSession } from './end-assisted-session.ts';
import { listAgentClosures } from './list-agent-closures.ts';
import { openAssistedSession } from './open-assisted-session.ts';

export const handler = room(
  ...[openAssistedSession, endAssistedSession],
  ...[closeByAgent, listAgentClosures, callBack],
);
