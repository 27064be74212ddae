import { intakeSides } from '../intake.ts';
import { measureIntakeMemory } from '../intake-memory.ts';
import type { Place } from '../place.ts';
import { callsLine, exact, timed } from '../report.ts';
import { interleave, isNoisy, median, ratioOf } from '../rounds.ts';
import { found, goals, plan, raw, steadily } from '../tools.ts';

/** A file of insured people, from the bucket on, against its bare transactions; few lines against many, in time and in memory. */
export async function intake(place: Place): Promise<void> {
  const { few, many, rounds } = plan.lines;
  const sides = await intakeSides(place);
  const [ours, bare] = [sides.ours('import', few), sides.bare('raw', few)];
  const times = await steadily(
    () => interleave({ bare, ours, again: bare }, rounds),
    ({ bare: one, again }) => isNoisy(ratioOf(one, again)),
  );
  const share = sides.meter.processor('raw') / sides.meter.processor('import');
  const perSecond = Math.round(1000 / median(times.ours));
  found(
    timed(`import of ${few} lines against raw transactions`, {
      ratio: ratioOf([...times.bare, ...times.again], times.ours),
      least: goals.intake,
      noise: ratioOf(times.bare, times.again),
      more: `processor time ${share.toFixed(2)}; ${perSecond} lines a second`,
    }),
  );
  const sizes = { few: ours, many: sides.ours('import of many', many), again: ours };
  const due = await interleave(sizes, Math.ceil(rounds / 2));
  found(
    timed(`time a line, ${few} against ${many}`, {
      ratio: ratioOf([...due.few, ...due.again], due.many),
      least: goals.flat,
      noise: ratioOf(due.few, due.again),
      more: `${Math.round(1000 / median(due.many))} lines a second`,
    }),
  );
  for (const line of callsLine(sides.meter.calls)) console.log(line);
  const memory = memoryOfFiles(place);
  raw.intake = { times, due, memory };
}

/** A file's memory is a window's, however long the file is. */
function memoryOfFiles({ world: { info } }: Place) {
  const measured = measureIntakeMemory({ info, lines: plan.memoryLines });
  const [short, long] = measured;
  if (!short || !long) throw new Error('nothing was measured');
  const told = measured.map((one) => `${one.lines} lines ${one.liveMib.toFixed(1)} MiB`).join(', ');
  const resident = `the process held ${long.residentMib.toFixed(0)} MiB at most`;
  const grown = (long.liveMib - short.liveMib) / (long.fileMib - short.fileMib);
  found(
    exact('memory that a longer file takes more, of what it is longer', {
      ...{ value: 100 * grown, most: goals.fileInMemory, unit: '%' },
      more: `after collections: ${told}; ${resident}`,
    }),
  );
  return measured;
}
