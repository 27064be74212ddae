import process from 'node:process';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { worldOf } from './client.ts';
import { defaultFolder } from './world/options.ts';

const Moved = z.object({
  now: z.iso.datetime(),
  ran: z.array(z.object({ at: z.string(), job: z.string(), failed: z.string().optional() })),
});
const usage =
  'npm run clock -- +42d   or   npm run clock -- 2022-03-21T22:59:59Z   or   npm run clock -- +10y --leap   (--folder F)\n--leap: what became due on the way runs once, as after a long absence';

/** `npm run clock`: moves the running world's clock forward and tells what ran on the way. */
async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      folder: { type: 'string', default: defaultFolder },
      leap: { type: 'boolean', default: false },
    },
  });
  const world = worldOf(values.folder);
  const [to] = positionals;
  if (to === undefined) {
    const clock = z
      .object({ now: z.string() })
      .parse(await (await fetch(`${world.console}/clock`)).json());
    process.stdout.write(`${clock.now}\n${usage}\n`);
    return;
  }
  const answer = await fetch(`${world.console}/clock`, {
    method: 'POST',
    body: JSON.stringify({ to, leap: values.leap }),
  });
  const told: unknown = await answer.json();
  if (!answer.ok) throw new Error(z.object({ error: z.string() }).parse(told).error);
  const { now, ran } = Moved.parse(told);
  for (const { at, job, failed } of ran)
    process.stdout.write(`${at}  ${job}${failed ? `  FAILED ${failed}` : ''}\n`);
  process.stdout.write(`${now}  now (${ran.length} jobs ran)\n`);
}

main().catch((cause: unknown) => {
  const message = cause instanceof Error ? cause.message : String(cause);
  process.stderr.write(
    `${message === 'fetch failed' ? 'No world answers there: start one with npm start.' : message}\n`,
  );
  process.exit(1);
});
