import { room } from '#shared/http/room.ts';
import { listCounters } from './list-counters.ts';
import { oppose } from './oppose.ts';
import { readCertificateKeys } from './read-certificate-keys.ts';
import { requestCode } from './request-code.ts';

export const handler = room(oppose, requestCode, readCertificateKeys, listCounters);
