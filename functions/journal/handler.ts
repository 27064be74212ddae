import { room } from '#shared/http/room.ts';
import { exportHistory } from './export-history.ts';
import { readHistory } from './read-history.ts';
import { searchAuditEvents } from './search-audit-events.ts';
import { verifyHistory } from './verify-history.ts';

export const handler = room(readHistory, exportHistory, verifyHistory, searchAuditEvents);
