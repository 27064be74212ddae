import { loadMerged } from '#functions/enrolment/merged-store.ts';
import { loadStatus } from '#functions/enrolment/person-store.ts';
import { loadSignpost } from '#shared/record/signpost.ts';
import { chainOf } from './chain.ts';
import type { Standing } from './system.ts';

/** How somebody really stands, by the tables themselves. */
export async function stands({ holder }: { readonly holder: string }): Promise<Standing> {
  const [status, lines] = await Promise.all([loadStatus(holder), chainOf(holder)]);
  if (!status) return withoutStatus(holder, lines);
  const isInvited = status.status === 'invited';
  return {
    state: status.status,
    waits: isInvited && (status.frozen ?? status.uninformed) !== undefined,
    deadline: isInvited ? Date.parse(status.deadlineAt) : undefined,
    deleteFrom:
      status.status === 'closed' || status.status === 'deletion-requested'
        ? Date.parse(status.deleteFrom)
        : undefined,
    keptUntil:
      status.status === 'opposed' ? Date.parse(status.keptUntil ?? '1970-01-01') : undefined,
    lines,
    ...{ changes: status.version, headSeq: status.headSeq, headHash: status.headHash },
  };
}

/** Of a merged record a signpost stands there, of a forgotten one nothing. */
async function withoutStatus(holder: string, lines: Standing['lines']): Promise<Standing> {
  const merged = (await loadSignpost(holder)) ? await loadMerged(holder) : undefined;
  const { version = 0, headSeq = 0, headHash = '' } = merged ?? {};
  return {
    ...{ state: merged ? 'merged' : 'forgotten', waits: false, lines },
    ...{
      deadline: undefined,
      deleteFrom: undefined,
      keptUntil: undefined,
      changes: version,
      headSeq,
      headHash,
    },
  };
}
