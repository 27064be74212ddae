import { streamingRoom } from '#shared/http/streaming-room.ts';
import { readContent } from './read-content.ts';

export const handler = streamingRoom(readContent);
