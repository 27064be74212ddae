import { streamingRoom } from '#shared/http/streaming-room.ts';
import { readLetters } from './read-letters.ts';
import { readManifest } from './read-manifest.ts';

export const handler = streamingRoom(readManifest, readLetters);
