import { operation } from '#shared/http/operation.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { agentAs } from './agents.ts';
import { invitePk, letterPk, sendingShards } from './due.ts';
import { countDue } from './due-store.ts';
import { campaignRoutes as routes } from './routes-campaign.ts';
import type { WavePreview } from './schema.ts';
import { countWishes } from './wish-store.ts';

/** Longest that is counted, so that the answer comes in time. */
const patienceMs = 12_000;
const lanes = 16;

export const previewWave = operation(routes.previewWave, async ({ query, caller }) => {
  agentAs(['campaign'], caller);
  const wished = [query.department].flat();
  const counts = wished.map((department): Count => ({ department, mail: 0, letter: 0, wished: 0 }));
  const begun = performance.now();
  const goesOn = () => performance.now() - begun < patienceMs;
  const places = counts.flatMap((count) =>
    Array.from({ length: sendingShards }, (_, shard) => ({ count, shard })),
  );
  await inLanes(places, lanes, async ({ count, shard }) => {
    const { department } = count;
    const mail = await countDue(invitePk(department, shard), goesOn);
    const letter = await countDue(letterPk(department, shard), goesOn);
    count.mail += mail.people;
    count.letter += letter.people;
    if (mail.more || letter.more) count.more = true;
  });
  await inLanes(counts, lanes, async (count) => {
    const wished = await countWishes(count.department, goesOn);
    count.wished += wished.people;
    if (wished.more) count.more = true;
  });
  const total: Omit<Count, 'department'> = { mail: 0, letter: 0, wished: 0 };
  for (const { mail, letter, wished, more } of counts) {
    total.mail += mail;
    total.letter += letter;
    total.wished += wished;
    if (more) total.more = true;
  }
  return { status: 200, body: { departments: counts, total } };
});

type Count = WavePreview['departments'][number];
