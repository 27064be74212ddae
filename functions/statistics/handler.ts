import { room } from '#shared/http/room.ts';
import { readEnrolment } from './read-enrolment.ts';

export const handler = room(readEnrolment);
