import { changed } from '#functions/enrolment/import-change.ts';
import { findLookups, holdersOf } from '#functions/enrolment/import-known.ts';
import { addition, update } from '#functions/enrolment/import-person.ts';
import { loadStatuses } from '#functions/enrolment/people-store.ts';
import { readLine } from '#functions/enrolment/read-line.ts';
import { placeOf, statusesNeeded } from '#functions/enrolment/rules/place-of.ts';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { theSecret } from '#shared/record/secrets.ts';
import { dayOf } from './calendar.ts';
import type { Says } from './system.ts';

/** All lines are one run's: none is the repeat of another. */
const play = { file: 'model', import: 'model' };

/** Takes one line of a file of updates as the import does: what it came to, or its fault as `field/code`. */
export async function take(line: object, now: number): Promise<Says> {
  const key = await theSecret('lookup');
  const bytes = Buffer.from(JSON.stringify(line));
  const read = readLine(
    { number: 1, bytes, end: bytes.length },
    { key, today: dayOf(now), ofUpdates: true, width: 0 },
  );
  if (!read || 'faults' in read) throw new Error(`the model wrote a line that is none: ${bytes}`);
  return untilUnrivalled(async () => {
    const lookups = await findLookups([read]);
    const statuses = await loadStatuses([
      ...new Set([
        ...holdersOf(read, lookups),
        ...('tagged' in read ? statusesNeeded(read.tagged, lookups) : []),
      ]),
    ]);
    if ('change' in read) {
      const found = { lookups: lookups.byNir, statuses };
      const { writes, outcome, faults } = await changed(read.change, found, { key, now, play });
      if (writes.length > 0) await transact(writes);
      return faults?.[0] ? `${faults[0].field}/${faults[0].code}` : outcome;
    }
    const place = placeOf(read.tagged, lookups, statuses);
    if ('fault' in place) return `${place.fault.field}/${place.fault.code}`;
    if (!place.lookup) {
      await transact(await addition(read.tagged, place.found, { key, now, play }));
      return 'imported';
    }
    if (!place.status) return 'unchanged';
    await transact(
      await update(read.tagged, { ...place.found, status: place.status }, { key, now, play }),
    );
    return 'updated';
  });
}
