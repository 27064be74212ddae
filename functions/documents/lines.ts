import type { AccessGrant } from '#shared/access/grant.ts';
import type { LaneEntry } from '#shared/journal/append.ts';
import { laneFor } from '#shared/journal/lanes.ts';

/** What a line says of an act on a document or on the list of documents; nothing medical. */
export function entryOf(
  grant: AccessGrant,
  act: {
    readonly id: string;
    /** Milliseconds. */
    readonly at: number;
    readonly action: string;
    readonly document?: string;
    /** Not shown to the holder yet, since the document is not. */
    readonly hidden?: boolean;
    /** A minor's secret: not for his guardians. */
    readonly secret?: boolean;
  },
): LaneEntry {
  const { holder, actor, onBehalfOf, mode, purpose, policy } = grant;
  return {
    id: act.id,
    holder,
    lane: laneFor(actor.id, { hidden: act.hidden === true, secret: act.secret === true }),
    at: act.at,
    actor,
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    mode,
    purpose,
    channel: grant.channel,
    ...(grant.place === undefined ? {} : { place: grant.place }),
    action: act.action,
    object:
      act.document === undefined ? { kind: 'record' } : { kind: 'document', id: act.document },
    outcome: 'done',
    policy,
    visible: act.hidden ? 'operator' : act.secret ? 'minor-secret' : 'holder',
  };
}
