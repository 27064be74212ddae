import { bundle } from '#infra/bundle.ts';
import { sealingEntries } from '#test/support/sealing/entries.ts';
import { coldSides } from '../cold.ts';
import { exact, timed } from '../report.ts';
import { interleave, isNoisy, median, ratioOf } from '../rounds.ts';
import { measureSealing } from '../sealing-plan.ts';
import { found, goals, plan, raw, steadily } from '../tools.ts';

/** Sealing against bare AES-GCM and SHA-256. */
export async function sealing(): Promise<void> {
  const run = async () => measureSealing(plan.sealing);
  const measured = await steadily(run, ({ sizes }) =>
    sizes.some(({ times }) => isNoisy(ratioOf(times.bare, times.again))),
  );
  for (const { mib, times } of measured.sizes) {
    const { bare, ours, again } = times;
    const rate = Math.round((2 * mib * 1000) / median(ours));
    found(
      timed(`sealing and opening ${mib} MiB against bare AES-GCM and SHA-256`, {
        ratio: ratioOf([...bare, ...again], ours),
        least: goals.sealing[mib] ?? 1,
        noise: ratioOf(bare, again),
        more: `${median(ours).toFixed(1)} ms, ${rate} MiB/s`,
      }),
    );
  }
  const { memoryMib: value, smallItemMs } = measured;
  const more = `a small item sealed and opened: ${(1000 * smallItemMs).toFixed(0)} µs`;
  const most = goals.sealingMemoryMib;
  found(
    exact('sealing and opening 100 MiB, memory above idle', { value, most, unit: 'MiB', more }),
  );
  raw.sealing = measured;
  await sealingCold();
}

/** Cold import of a function that seals against the same clients without. */
async function sealingCold(): Promise<void> {
  const [ours, bare] = await bundle(sealingEntries, '.local/bench/sealing');
  if (!ours || !bare) throw new Error('esbuild made no bundle');
  const environment = {
    KEYS_TABLE: 'keys',
    HOLDER_KEY: 'arn:aws:kms:eu-west-3:111111111111:key/1',
  };
  const sides = coldSides({ id: 'sealing', taken: [], ours, bare }, environment);
  const sidesOf = { bare: sides.bare, ours: sides.ours, again: sides.bare };
  const times = await interleave(sidesOf, plan.spawns);
  const kib = (bytes: number) => `${Math.round(bytes / 1024)} KiB`;
  found(
    timed('a function that seals, cold import', {
      ratio: ratioOf([...times.bare, ...times.again], times.ours),
      least: goals.sealingCold,
      noise: ratioOf(times.bare, times.again),
      inTimes: true,
      more: `${median(times.ours).toFixed(0)} ms; ${kib(ours.bytes)} beside ${kib(bare.bytes)}`,
    }),
  );
}
