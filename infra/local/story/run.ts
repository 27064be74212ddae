/**
 * `npm run story -- --seed N --people M [--json] [--stay]`: plays the waves of Occitanie against the running world, then
 * leaps ten years ahead unless told to stay.
 */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { clientOf, worldOf } from '#infra/local/client.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { nextCohort } from './cohort.ts';
import { planStory } from './plan.ts';
import { play } from './play.ts';
import { tell } from './tell.ts';

const Options = z.object({
  seed: z.coerce.number().int().min(0).max(1_000_000),
  people: z.coerce.number().int().min(100).max(200_000),
  folder: z.string(),
  json: z.boolean(),
  stay: z.boolean(),
  agent: z.string(),
});

/** Plays one telling and prints it; the exit code says whether all went as it should. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      seed: { type: 'string', default: '1' },
      people: { type: 'string', default: '1000' },
      folder: { type: 'string', default: '.local' },
      json: { type: 'boolean', default: false },
      stay: { type: 'boolean', default: false },
      agent: { type: 'string', default: 'campagne' },
    },
  });
  const options = Options.parse(values);
  const client = clientOf(worldOf(options.folder));
  const say = (line: string) => options.json || console.log(line);
  const begun = performance.now();
  const cohort = await nextCohort(client, await client.token(options.agent));
  const today = parisDay(Date.parse(await client.clock()));
  const plan = planStory({ ...options, cohort, today, objecting: 0.015, withMail: 0.75 });
  const story = await play(client, { ...options, plan, years: !options.stay, say });
  const seconds = Math.round((performance.now() - begun) / 100) / 10;
  if (options.json) console.log(JSON.stringify({ ...story, seconds }, null, 2));
  else console.log(`${tell(story)}\n(${seconds} s)`);
  process.exitCode = story.wrong.length === 0 ? 0 : 1;
}

await main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
});
