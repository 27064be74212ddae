import type { SignedIn } from '#shared/http/caller.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { nextLine } from '#shared/journal/line.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { batchWrite, type NoticeBatch } from './batch-store.ts';

/** The change of a batch and its line: the line's fact starts what follows. */
export function batchChange(
  to: NoticeBatch,
  told: {
    readonly id: string;
    readonly at: number;
    readonly agent: SignedIn;
    readonly action: 'notices/post-letters' | 'notices/return-letters';
  },
) {
  const { id, at, agent, action } = told;
  const { line, head } = nextLine(
    { seq: to.headSeq, hash: to.headHash },
    {
      ...{ id, at, holder: `letters:${to.batch}`, actor: actorOf(agent), channel: 'api', action },
      object: { kind: 'letters', id: to.batch },
      ...{ outcome: 'done', policy: 'notices-1', visible: 'operator' },
    },
  );
  const version = to.version + 1;
  const next = { ...to, version, headSeq: head.seq, headHash: head.hash };
  return [batchWrite(next, to.version), journalWrite(line)];
}
