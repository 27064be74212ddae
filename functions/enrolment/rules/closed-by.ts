import type { Activated, Closed, DeletionRequested, Open, Status } from '../stored.ts';
import { type DeletionDelays, datesAsked, datesKept } from './deletion-delays.ts';
import { withoutCall } from './judge-agent-closure.ts';
import type { ClosureCommand } from './judge-closure.ts';

/** When (ms) and why a record is closed, and how long it is kept. */
export interface When {
  readonly at: number;
  readonly motive: Closed['motive'];
  readonly delays: DeletionDelays;
}

/** The record after a command of a closure (ENR-42, ENR-43); what `judgeClosure` does not allow is a defect. */
export function closedBy(from: Status, command: ClosureCommand, when: When) {
  if (command === 'close' && (from.status === 'activated' || from.status === 'open'))
    return closed(from, when);
  if (command === 'request-deletion' && from.status === 'closed') return leaving(from, when);
  throw new Error('a command that its judgement does not allow');
}

function closed(from: Activated | Open, { at, motive, delays }: When): Closed {
  return {
    ...withoutCallThatWaits(from.status === 'activated' ? atRest(from) : from),
    status: 'closed',
    closedAt: new Date(at).toISOString(),
    ...datesKept(at, delays),
    ...(motive === undefined ? {} : { motive }),
  };
}

const atRest = ({ reopenedAt: _o, resumedAt: _s, ...kept }: Activated) => kept;

/** A reminder of the end of the ten years is none of this deletion. */
function leaving(
  { remindedAt: _, unreachedAt: _u, ...kept }: Closed,
  { at, delays }: When,
): DeletionRequested {
  return {
    ...withoutCallThatWaits(kept),
    status: 'deletion-requested',
    deletionRequestedAt: new Date(at).toISOString(),
    ...datesAsked(at, delays),
  };
}

/** Who closes his record himself has said what he wants: nobody is called back any more. */
const withoutCallThatWaits = <S extends Pick<Closed, 'agentClosing'>>(of: S): S =>
  of.agentClosing?.state === 'done' ? of : withoutCall(of);
