/** Measures sealing in a process of its own, so that memory and turns of the event loop are its alone. */
import process from 'node:process';
import { sealingPlace } from '#test/sealing/place.ts';
import { interleave } from './rounds.ts';
import { memoryAboveIdle, sealingSides, smallItem } from './sealing.ts';
import { SealingPlan, type SealingTimes } from './sealing-plan.ts';

const plan = SealingPlan.parse(JSON.parse(process.argv[2] ?? '{}'));
const place = await sealingPlace();
// First, while the process holds nothing yet.
const memoryMib = await memoryAboveIdle(plan.memoryMib);
const sizes: SealingTimes['sizes'] = [];
for (const { mib, rounds, times } of plan.sizes) {
  const { ours, bare } = await sealingSides(mib, times);
  sizes.push({ mib, times: await interleave({ bare, ours, again: bare }, rounds) });
}
const measured: SealingTimes = {
  sizes,
  smallItemMs: await smallItem(500),
  memoryMib,
};
process.stdout.write(JSON.stringify(measured));
await place.close();
process.exit(0);
