import { room } from '#shared/http/room.ts';
import { health } from './health.ts';
import { openapi } from './read-openapi.ts';

export const handler = room(health, openapi);
