import { room } from '#shared/http/room.ts';
import { opposeByAgent } from './oppose-by-agent.ts';

export const handler = room(opposeByAgent);
