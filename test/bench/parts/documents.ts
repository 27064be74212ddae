import { documentSides } from '../documents.ts';
import type { Place } from '../place.ts';
import { callsLine, timed } from '../report.ts';
import { interleave, isNoisy, median, ratioOf } from '../rounds.ts';
import { found, goals, plan, raw, steadily, warmUps } from '../tools.ts';

/** Deposits and reads over HTTP against their own calls. */
export async function documents(place: Place): Promise<void> {
  for (const { kib, each, rounds } of plan.documents) {
    const sides = await documentSides(place, { kib, each });
    for (const what of ['deposit', 'read'] as const)
      for (const lanes of [1, 8]) {
        const [ours, bare] = [sides[what].ours(lanes), sides[what].bare(lanes)];
        const times = await steadily(
          () => interleave({ bare, ours, again: bare }, rounds, warmUps),
          ({ bare: one, again }) => isNoisy(ratioOf(one, again)),
        );
        const meter = sides.meters[what];
        const [http, alone] = [
          `${what} over HTTP, ${lanes} at once`,
          `bare ${what}, ${lanes} at once`,
        ];
        const share = meter.processor(alone) / meter.processor(http);
        const size = kib < 1024 ? `${kib} KiB` : `${kib / 1024} MiB`;
        found(
          timed(`${what} of ${size} over HTTP against its own calls, ${lanes} at once`, {
            ratio: ratioOf([...times.bare, ...times.again], times.ours),
            least: goals.documents,
            noise: ratioOf(times.bare, times.again),
            more: `processor time ${share.toFixed(2)}; ${median(times.ours).toFixed(1)} ms each`,
          }),
        );
        raw[`${what} ${size} ${lanes}`] = times;
      }
    for (const meter of Object.values(sides.meters))
      for (const line of callsLine(meter.calls)) console.log(line);
  }
}
