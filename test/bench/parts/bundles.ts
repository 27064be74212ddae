import { entriesOf } from '#infra/entries.ts';
import { bundlePairs } from '../bare.ts';
import { coldSides } from '../cold.ts';
import { isDynamoOnly } from '../dynamo-only.ts';
import type { Place } from '../place.ts';
import { exact, timed } from '../report.ts';
import { interleave, median, ratioOf } from '../rounds.ts';
import { found, goals, plan, raw } from '../tools.ts';

/** Size and cold import of each bundle against the clients it uses. */
export async function bundles(place: Place): Promise<void> {
  const entries = entriesOf();
  for (const pair of await bundlePairs(entries)) {
    const { id, ours, bare, taken } = pair;
    const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
    const beside = `${kib(ours.bytes)} beside ${kib(bare.bytes)} of ${taken.join(', ')}`;
    found(
      exact(`${id}, size`, {
        value: ours.bytes / bare.bytes,
        most: id === 'portal-api' ? goals.pages : goals.bundle,
        unit: '×',
        more: beside,
      }),
    );
    const environment = place.world.info.functions.find((one) => one.id === id)?.environment ?? {};
    const sides = coldSides(pair, environment);
    const times = await interleave(
      { bare: sides.bare, ours: sides.ours, again: sides.bare },
      plan.spawns,
    );
    const more = `${median(times.ours).toFixed(0)} ms beside ${median(times.bare).toFixed(0)} ms`;
    found(
      timed(`${id}, cold import`, {
        ratio: ratioOf([...times.bare, ...times.again], times.ours),
        least: goals.cold,
        noise: ratioOf(times.bare, times.again),
        inTimes: true,
        more,
      }),
    );
    const entry = entries.find((one) => one.id === id);
    if (entry && isDynamoOnly(entry))
      found(
        exact(`${id}, needs DynamoDB only`, {
          value: ours.bytes / 1024,
          most: goals.dynamoKiB,
          unit: 'KiB',
        }),
      );
    raw[`bundle ${id}`] = { bytes: ours.bytes, bareBytes: bare.bytes, taken, times };
  }
}
