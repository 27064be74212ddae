import { room } from '#shared/http/room.ts';
import { listEditions } from './list-editions.ts';
import { readDays } from './read-days.ts';
import { readEnrolment } from './read-enrolment.ts';
import { readGroups } from './read-groups.ts';
import { readPublished } from './read-published.ts';
import { readPublishedTable } from './read-published-table.ts';

export const handler = room(
  readEnrolment,
  readGroups,
  readDays,
  readPublished,
  readPublishedTable,
  listEditions,
);
