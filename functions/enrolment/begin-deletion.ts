import { type Actions, transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { keptMs } from '#shared/kernel/kept-ms.ts';
import { newId } from '#shared/random.ts';
import { findLink, unlinkWrite } from '#shared/record/link.ts';
import { append, record } from './lines.ts';
import { codeVoid, loadStatus, statusWrite } from './person-store.ts';
import { deletionStep } from './rules/deletion-step.ts';
import {
  type Closed,
  type Deceased,
  Deleting,
  type DeletionRequested,
  type Opposed,
} from './stored.ts';
import { keptBack } from './withheld-store.ts';

/** So long the rooms are given beyond the caches' term before they are looked at. */
const slackMs = 60_000;

/**
 * Begins the deletion of a record (ENR-43, ENR-44): from now on nothing takes it back. The rooms that hold
 * something of him erase it on this line's fact.
 */
export async function beginDeletion(holder: string, now: number) {
  return untilUnrivalled(async () => {
    const status = await loadStatus(holder);
    const step = status && deletionStep(status, now);
    if (step?.is !== 'begin') return 'skipped';
    const { next, line } = append(deleting(step.status, now), holder, {
      ...{ id: newId(), at: now, actor: { kind: 'system', id: 'deletion' }, channel: 'clock' },
      action: 'enrolment/begin-deletion',
      object: record(step.status, { from: step.status.status, to: 'deleting' }),
    });
    await transact([
      statusWrite(next, step.status.version),
      journalWrite(line),
      // No code of his is good any more, and none that he asked for is sent (ENR-44).
      codeVoid(holder),
      ...keptBack(step.status, next),
      ...(await unlinked(step.status)),
    ]);
    return 'begun';
  });
}

/**
 * The account of a dead person leads nowhere from now on: no status names it any more, so nothing would find the link
 * later. Who closes his record fetches the certificate by his.
 */
async function unlinked(from: Ending): Promise<Actions> {
  const account =
    from.status === 'deceased' && 'linkTag' in from.before ? from.before.linkTag : undefined;
  if (account === undefined) return [];
  const link = await findLink(account, { consistent: true });
  // It leads elsewhere by now, or it is a child's, whose record had no account.
  return link?.holder === from.holder ? [unlinkWrite(account, from.holder)] : [];
}

const Dates = Deleting.pick({
  informedAt: true,
  deadlineAt: true,
  openedAt: true,
  activatedAt: true,
  closedAt: true,
});

/** What he chose and accepted is content of his record, and goes at once. */
function deleting(from: Ending, now: number): Deleting {
  const { dmp: _, letter, ...rest } = keptBy(from);
  const kept = letter?.postedOn === undefined ? rest : { ...rest, letter };
  return {
    ...kept,
    status: 'deleting',
    begunAt: new Date(now).toISOString(),
    begunSeq: from.headSeq + 1,
    finishFrom: new Date(now + keptMs + slackMs).toISOString(),
  };
}

type Ending = Closed | DeletionRequested | Deceased | Opposed;

function keptBy(from: Ending) {
  if (from.status === 'deceased') return keptOfDead(from);
  return from.status === 'opposed' ? keptOfOpposed(from) : keptOf(from);
}

/** The journal keeps the objection; his wish that nothing opens holds for a deleted record as well. */
function keptOfOpposed({ decidedBy: _, keptUntil: _k, ...kept }: Opposed) {
  return kept;
}

function keptOf(from: Closed | DeletionRequested) {
  const { choices: _c, conditions: _o, motive: _m, closedAfter: _s, ...rest } = from;
  const { deleteFrom: _d, remindFrom: _r, remindedAt: _a, closing: _w, ...more } = rest;
  const { agentClosing: _g, unreachedAt: _u, ...others } = more;
  const { guardians, second: _2, ...kept } = others;
  return guardians ? { ...kept, certifiedTo: guardians.map(({ holder }) => holder) } : kept;
}

function keptOfDead({ death: _d, before, deleteFrom: _f, ...rest }: Deceased) {
  // The account is left out: there is nobody to fetch the certificate with it.
  return { ...rest, ...Dates.parse(before) };
}
