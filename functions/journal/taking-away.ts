import type { AccessGrant } from '#shared/access/grant.ts';
import type { LaneEntry } from '#shared/journal/append.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import { newId } from '#shared/random.ts';

/** The line of somebody who takes the history away, as a file or on paper (ACC-54). `at` in ms. */
export function takingAway(
  grant: AccessGrant,
  action: 'journal/export-history' | 'journal/print-history',
  at: number,
): LaneEntry {
  const { holder, actor, onBehalfOf, mode, purpose, policy } = grant;
  return {
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    ...{ id: newId(), holder, lane: laneOf(actor.id), at, actor, mode, purpose, policy },
    channel: 'api',
    action,
    object: { kind: 'record' },
    outcome: 'done',
    visible: 'holder',
  };
}
