import type { JournalLine } from '#shared/journal/schema.ts';
import { keptMs } from '#shared/kernel/kept-ms.ts';
import type { ErasureStep } from '#shared/record/erasure.ts';
import type { DeletionCertificate } from '../certificate-schema.ts';
import type { Deleting } from '../stored.ts';

/**
 * What a certificate says of a deletion that may be finished now (ms); undefined while a room is not done, or a
 * cache may still know the key.
 */
export function certificateOf(
  status: Deleting,
  erased: ReadonlyMap<ErasureStep, JournalLine>,
  now: number,
): Omit<DeletionCertificate, 'deployment'> | undefined {
  const key = erased.get('documents/destroy-key');
  const content = erased.get('documents/erase-record');
  const notices = erased.get('notices/erase-record');
  if (!key || !content || !notices) return undefined;
  const cachesEmpty = Date.parse(key.at) + keptMs;
  if (cachesEmpty >= now) return undefined;
  const { documents = 0, versions = 0 } = content.object.counts ?? {};
  const { holder, closedAt, deletionRequestedAt: askedAt, begunAt, diedOn, life = 0 } = status;
  // Who objected had a DMP archived: it was neither closed by him nor did he die.
  const isOfDead = closedAt === undefined && diedOn !== undefined;
  const kept = isOfDead ? 'holder-died' : 'kept-long-enough';
  return {
    v: 1,
    kind: 'deletion-certificate',
    record: holder,
    deletion: life + 1,
    cause: askedAt === undefined ? kept : 'asked',
    ...(closedAt === undefined ? {} : { closedAt }),
    ...(askedAt === undefined ? {} : { askedAt }),
    begunAt,
    keyDestroyedAt: key.at,
    cachesEmptyAt: new Date(cachesEmpty).toISOString(),
    documents,
    versions,
    contentErasedAt: content.at,
    noticesErasedAt: notices.at,
    finishedAt: new Date(now).toISOString(),
  };
}
