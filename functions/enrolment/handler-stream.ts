import { streamingRoom } from '#shared/http/streaming-room.ts';
import { readLetters } from './read-letters.ts';

export const handler = streamingRoom(readLetters);
