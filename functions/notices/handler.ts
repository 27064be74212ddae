import { room } from '#shared/http/room.ts';
import { listLetters } from './list-letters.ts';
import { listNotices } from './list-notices.ts';
import { readNotice } from './read-notice.ts';

export const handler = room(listNotices, readNotice, listLetters);
