import { transact } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { type Attempting, lineOf, revised, tell } from './attempt.ts';
import type { Stored } from './identify.ts';
import { append, record } from './lines.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { isBlockable } from './rules/judge-child.ts';
import type { Status } from './stored.ts';

/**
 * Somebody with a child's code says that he is not its legal representative (ENR-23): nothing opens by itself
 * until an agent lifts it, and the code has served. Said again it changes nothing.
 */
export async function blockChild(attempting: Attempting, stored: Stored): Promise<void> {
  const { status, code } = stored;
  if (!status || status.blocked) return;
  if (!isBlockable(status) || !code) return tell(attempting, stored, 'not-guardian');
  const { next, line } = append<Status>({ ...status, blocked: true }, status.holder, {
    ...lineOf(attempting),
    action: 'enrolment/block-child',
    object: record(status, {}),
  });
  const usedAt = new Date(attempting.now).toISOString();
  await transact([
    statusWrite(next, status.version),
    codeWrite(revised(code, { usedAt }), code.revision),
    journalWrite(line),
  ]);
}
