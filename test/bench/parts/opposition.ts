import { oppositionSides } from '../opposition.ts';
import type { Place } from '../place.ts';
import { callsLine, exact, timed } from '../report.ts';
import { interleave, isNoisy, median, ratioOf } from '../rounds.ts';
import { found, goals, plan, raw, steadily, warmUps } from '../tools.ts';

/** Objections over HTTP against their own calls. */
export async function opposition(place: Place): Promise<void> {
  const sides = await oppositionSides(place, plan.objecting);
  for (const lanes of [1, 8]) {
    const [ours, bare] = [sides.overHttp(lanes), sides.bare(lanes)];
    const times = await steadily(
      () => interleave({ bare, ours, again: bare }, plan.objections, warmUps),
      ({ bare: one, again }) => isNoisy(ratioOf(one, again)),
    );
    const noise = ratioOf(times.bare, times.again);
    const ratio = ratioOf([...times.bare, ...times.again], times.ours);
    const [http, alone] = [`over HTTP, ${lanes} at once`, `bare, ${lanes} at once`];
    const share = sides.meter.processor(alone) / sides.meter.processor(http);
    const more = `processor time ${share.toFixed(2)}; ${median(times.ours).toFixed(1)} ms each`;
    found(
      timed(`opposition over HTTP against its own calls, ${lanes} at once`, {
        ratio,
        least: goals.opposition,
        noise,
        more,
      }),
    );
    raw[`opposition ${lanes}`] = times;
  }
  for (const line of callsLine(sides.meter.calls)) console.log(line);
  const [first = '', ...rest] = Object.values(sides.meter.calls).map((calls) =>
    JSON.stringify(calls),
  );
  const differing = rest.filter((calls) => calls !== first).length;
  found(exact('opposition: sides whose calls differ', { value: differing, most: 0, unit: '' }));
}
