import { env, json } from '#shared/env.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { sameFingerprint } from '#shared/sealing/secrets.ts';
import { type Change, type Found, refusedAs, unchanged, type Work } from './import-outcome.ts';
import { append, record } from './lines.ts';
import { hasNumber } from './numbers.ts';
import { lookupWrite, statusWrite } from './person-store.ts';
import { lineTag, placeOfNamed, type TaggedChange, whoIn } from './read-line.ts';
import { deathWrites } from './record-death.ts';
import { replaced, restoredNumber } from './replace-nir.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { judgeDeath } from './rules/judge-death.ts';
import { leftFrom } from './rules/left.ts';
import { played } from './rules/played.ts';
import type { Status } from './stored.ts';
import { birthTag } from './tags.ts';
import { keptBack } from './withheld-store.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/** What a line that is no row comes to: an end, two numbers of one person, or the undoing of that. */
export async function changed(change: TaggedChange, found: Found, work: Work): Promise<Change> {
  switch (change.op) {
    case 'left':
      return left(change, found, work);
    case 'death':
      return death(change, found, work);
    case 'merge':
      return replaced(change, found, work);
    case 'split':
      return restoredNumber(change, found, work);
  }
}

function named(change: Ending<'left' | 'death'>, { lookups, statuses }: Found) {
  const field = 'nir' in change ? 'nir' : 'guardianNir';
  const lookup = lookups.get(change.tag);
  const status = lookup && !lookup.free && statuses.get(lookup.holder);
  if (!lookup || !status) return refusedAs(field, 'unknown');
  return lookup.former ? refusedAs(field, 'replaced') : { lookup, status };
}

const by = { actor: { kind: 'system', id: 'import' }, channel: 'file' } as const;
/** No fingerprint of a row: the next file that names him finds him changed, so insured again. */
const noRow = 'left';

type Ending<Op extends TaggedChange['op']> = Extract<TaggedChange, { op: Op }>;

/** Not insured any more: he is not informed from now on; what is open or activated stays. */
async function left(change: Ending<'left'>, found: Found, { now, play }: Work): Promise<Change> {
  const who = named(change, found);
  if ('outcome' in who) return who;
  const { lookup, status } = who;
  // By his number alone the next row finds him changed.
  if ('child' in change && (await hasNumber(status.holder)))
    return refusedAs('guardianNir', 'has-number');
  const to = leftFrom(status, new Date(now).toISOString());
  if (!to || lookup.rowTag === noRow) return unchanged;
  const { next, line } = append<Status>(to, status.holder, {
    ...{ id: newId(), at: now, ...by },
    action: 'enrolment/note-left',
    object: record(status, {}),
  });
  const writes = [
    lookupWrite(
      placeOfNamed(whoIn(change), change.tag),
      { holder: status.holder, rowTag: noRow, by: played(lookup, lineTag(change), play) },
      lookup,
    ),
    statusWrite(next, status.version),
    journalWrite(line),
    ...keptBack(status, to),
  ];
  return { writes, outcome: 'updated' };
}

/** A death that the insurance body tells (ENR-46); the birth date must fit, so that a slip in a NIR kills nobody. */
function death(change: Ending<'death'>, found: Found, { key, now }: Work): Change {
  const { birthDate, diedOn } = change;
  const who = named(change, found);
  if ('outcome' in who) return who;
  const { status } = who;
  if (!sameFingerprint(birthTag(key, status.holder, birthDate), status.birthTag))
    return refusedAs('birthDate', 'mismatch');
  const judged = judgeDeath(status, { diedOn, birthDate, receivedAt: now });
  if (judged.is === 'repeat') return unchanged;
  if (judged.is === 'told') return refusedAs('diedOn', judged.reason);
  const told = { diedOn, proof: 'insurer', reference: newId(), recordedAt: now } as const;
  return { writes: deathWrites(judged, { death: told, by, delays }), outcome: 'updated' };
}
