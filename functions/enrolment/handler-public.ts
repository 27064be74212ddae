import { room } from '#shared/http/room.ts';
import { oppose } from './oppose.ts';
import { requestCode } from './request-code.ts';

export const handler = room(oppose, requestCode);
