import type { Place } from '../place.ts';
import { callsLine, timed } from '../report.ts';
import { interleave, isNoisy, median, ratioOf } from '../rounds.ts';
import { sweepSides } from '../sweep.ts';
import { found, goals, plan, raw, steadily } from '../tools.ts';

/** Openings in large transactions against raw ones. */
export async function sweep(place: Place): Promise<void> {
  const sides = await sweepSides(place, plan);
  const { ours, raw: bare, singly } = sides;
  const times = await steadily(
    () => interleave({ bare, ours, again: bare, singly }, plan.sweeps),
    ({ bare: one, again }) => isNoisy(ratioOf(one, again)),
  );
  const noise = ratioOf(times.bare, times.again);
  const all = [...times.bare, ...times.again];
  const perSecond = Math.round(1000 / median(times.ours));
  const rawPerSecond = Math.round(1000 / median(all));
  const share = sides.meter.processor('raw') / sides.meter.processor('opening');
  const more = `processor time ${share.toFixed(2)}; ${perSecond} people a second, raw ${rawPerSecond}`;
  found(
    timed('opening against raw transactions of 100', {
      ratio: ratioOf(all, times.ours),
      least: goals.sweep,
      noise,
      more,
    }),
  );
  found(
    timed('opening against one by one', {
      ratio: ratioOf(times.singly, times.ours),
      least: goals.singly,
      noise,
    }),
  );
  const { few, many, rounds } = plan.due;
  const due = await interleave(
    { few: () => sides.many(few), many: () => sides.many(many), again: () => sides.many(few) },
    rounds,
  );
  found(
    timed(`time a person, ${few} due against ${many}`, {
      ratio: ratioOf([...due.few, ...due.again], due.many),
      least: goals.flat,
      noise: ratioOf(due.few, due.again),
      more: `${Math.round(1000 / median(due.many))} people a second`,
    }),
  );
  raw.due = due;
  for (const line of callsLine(sides.meter.calls)) console.log(line);
  raw.sweep = { times, calls: sides.meter.calls };
}
