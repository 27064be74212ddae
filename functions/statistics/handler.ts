import { room } from '#shared/http/room.ts';
import { readDays } from './read-days.ts';
import { readEnrolment } from './read-enrolment.ts';
import { readGroups } from './read-groups.ts';

export const handler = room(readEnrolment, readGroups, readDays);
