import { streamingRoom } from '#shared/http/streaming-room.ts';
import { readSheets } from './read-sheets.ts';

export const handler = streamingRoom(readSheets);
