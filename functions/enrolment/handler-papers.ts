import { streamingRoom } from '#shared/http/streaming-room.ts';
import { printObjectionProof } from './print-objection-proof.ts';
import { readCertificate } from './read-certificate.ts';

export const handler = streamingRoom(printObjectionProof, readCertificate);
