import { room } from '#shared/http/room.ts';
import { listProfiles } from './list-profiles.ts';
import { me } from './read-me.ts';

export const handler = room(me, listProfiles);
