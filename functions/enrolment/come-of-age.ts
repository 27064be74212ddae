import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { childHintEnd } from '#shared/record/guardians.ts';
import { openPerson } from '#shared/record/person.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { noAccountTag } from '#shared/record/tags.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { append, record } from './lines.ts';
import { codeVoid, codeWrite, loadCode, loadStatus, statusWrite } from './person-store.ts';
import { guardiansOf } from './rules/judge-child.ts';
import { cameOfAge, majorityStep } from './rules/majority.ts';
import type { Status } from './stored.ts';
import { keptBack } from './withheld-store.ts';

const by = { actor: { kind: 'system', id: 'majority' }, channel: 'clock' } as const;

/**
 * Records that somebody came of age (MIN-5). His guardians leave the record, what they were sent is void, and whose
 * record is nobody's yet is sent a code at his own address, by mail or else by letter. `now` in ms.
 */
export async function comeOfAge(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    if (!status || majorityStep(status, now)?.is !== 'come-of-age') return 'skipped';
    const { email, mobile } = await openPerson(holder);
    const informBy = email ? 'mail' : 'letter';
    const to = cameOfAge(status, { at: now, informBy, byText: mobile !== undefined });
    const told = append(to, holder, {
      ...{ id: newId(), at: now, ...by, action: 'enrolment/come-of-age' },
      object: record(to, { from: status.status, to: to.status }, status),
    });
    const wish = (await isUnclaimed(to)) ? await wishFor(told.next, now) : undefined;
    const { next, lines, code } = wish ?? { next: told.next, lines: [], code: codeVoid(holder) };
    await transact([
      statusWrite(next, status.version),
      code,
      ...guardiansOf(status).map((one) => childHintEnd({ guardian: one.holder, child: holder })),
      ...[told.line, ...lines].map(journalWrite),
      ...keptBack(status, next),
    ]);
    return 'grown';
  });
}

/** Whether the record waits for its holder: nobody's account is linked to it, and he may open it. */
async function isUnclaimed(status: Status): Promise<boolean> {
  switch (status.status) {
    case 'invited':
      return status.leftAt === undefined;
    case 'open':
    case 'opposed':
      return true;
    case 'activated':
      return sameFingerprint(
        status.linkTag,
        noAccountTag(await theSecret('lookup'), status.holder),
      );
    default:
      return false;
  }
}

/** A code is asked for in his name; by letter who is to be informed needs no wish, since he stands to be written to. */
async function wishFor(status: Status, now: number) {
  const { holder, informBy } = status;
  if (informBy === 'letter' && status.status === 'invited') return undefined;
  const { next, line } = append<Status>(status, holder, {
    ...{ id: newId(), at: now, ...by },
    action: informBy === 'mail' ? 'enrolment/request-code' : 'enrolment/request-letter',
    object: record(status, {}),
  });
  const before = await loadCode(holder);
  // Nothing of an earlier code is left.
  const code = {
    ...{ holder, revision: (before?.revision ?? 0) + 1 },
    requestedAt: new Date(now).toISOString(),
    ...(informBy === 'mail' ? { requested: line.seq } : { letterFor: status.department }),
  };
  return { next, lines: [line], code: codeWrite(code, before?.revision) };
}
