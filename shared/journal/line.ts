import { hash } from 'node:crypto';
import { canonical, type Json } from '../kernel/canonical.ts';
import type { Actor, JournalLine, JournalObject } from './schema.ts';

/** The end of a chain: the number of its last line and that line's hash. */
export interface Head {
  readonly seq: number;
  readonly hash: string;
}

/** The head of a chain without lines. */
export const genesis: Head = { seq: 0, hash: 'A'.repeat(43) };

/** What the caller of an act knows of its line; place and link in the chain are added here. */
export type Entry = Omit<JournalLine, 'v' | 'lane' | 'seq' | 'prev' | 'at'> & {
  /** Instant in milliseconds. */
  readonly at: number;
  readonly lane?: number;
};

/** Hash of a line, 43 base64url characters: SHA-256 over 0x00 (a leaf, RFC 6962) and its canonical JSON. */
export const hashOf = (line: JournalLine): string => hashOfDamage(line);

/** Hash of what stands where a line should, whatever it is: what follows is bound to it nevertheless. */
export function hashOfDamage(kept: { readonly [name: string]: Json | undefined }): string {
  return hash('sha256', `\0${canonical(kept)}`, 'base64url');
}

/** The line that follows a head, and the head after it. */
export function nextLine(head: Head, entry: Entry): { line: JournalLine; head: Head } {
  const line = inOrder(entry, head);
  return { line, head: { seq: line.seq, hash: hashOf(line) } };
}

/**
 * A line with its names in the order in which it is hashed, at every depth: then its canonical JSON is what
 * the engine writes, in half the time. A test holds it against the schema, so that no field is lost.
 */
function inOrder(entry: Entry, head: Head): JournalLine {
  const { action, channel, holder, id, lane = 0, mode, onBehalfOf, outcome } = entry;
  const { place, policy, purpose, reason, visible } = entry;
  return {
    action,
    actor: actorInOrder(entry.actor),
    at: new Date(entry.at).toISOString(),
    channel,
    holder,
    id,
    lane,
    ...(mode === undefined ? {} : { mode }),
    object: objectInOrder(entry.object),
    ...(onBehalfOf === undefined ? {} : { onBehalfOf }),
    outcome,
    ...(place === undefined ? {} : { place }),
    policy,
    prev: head.hash,
    ...(purpose === undefined ? {} : { purpose }),
    ...(reason === undefined ? {} : { reason }),
    seq: head.seq + 1,
    v: 1,
    visible,
  };
}

const actorInOrder = ({ id, kind, name, role, structure }: Actor): Actor => ({
  id,
  kind,
  ...(name === undefined ? {} : { name }),
  ...(role === undefined ? {} : { role }),
  ...(structure === undefined ? {} : { structure }),
});

const objectInOrder = (object: JournalObject): JournalObject => {
  const { cohort, counts, department, from, id, informBy, kind, to, was, wave } = object;
  return {
    ...(cohort === undefined ? {} : { cohort }),
    ...(counts === undefined ? {} : { counts: namesInOrder(counts) }),
    ...(department === undefined ? {} : { department }),
    ...(from === undefined ? {} : { from }),
    ...(id === undefined ? {} : { id }),
    ...(informBy === undefined ? {} : { informBy }),
    kind,
    ...(to === undefined ? {} : { to }),
    ...(was === undefined ? {} : { was: wasInOrder(was) }),
    ...(wave === undefined ? {} : { wave }),
  };
};

const namesInOrder = (counts: NonNullable<JournalObject['counts']>) =>
  Object.fromEntries(Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1)));

const wasInOrder = ({ cohort, informBy }: NonNullable<JournalObject['was']>) => ({
  ...(cohort === undefined ? {} : { cohort }),
  ...(informBy === undefined ? {} : { informBy }),
});
