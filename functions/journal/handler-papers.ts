import { streamingRoom } from '#shared/http/streaming-room.ts';
import { printHistory } from './print-history.ts';

export const handler = streamingRoom(printHistory);
