import * as z from 'zod';
import type { Client } from '#infra/local/client.ts';
import { bringIn, type ImportTold } from './intake.ts';
import { postbox } from './mails.ts';
import { atMidnight, type MidnightTold, object, outcome } from './objections.ts';
import { csvOf, type Insured } from './people.ts';
import type { Plan, PlannedWave } from './plan.ts';

const minuteMs = 60_000;
const later = (at: string, minutes: number) =>
  new Date(Date.parse(at) + minutes * minuteMs).toISOString();

export interface WaveTold {
  wave: string;
  sendOn: string;
  departments: Record<string, number>;
  informed: number;
  byLetter: number;
  objected: number;
  deadline: string;
  opened: number;
}

export interface StoryTold {
  cohort: number;
  people: number;
  import: ImportTold;
  waves: WaveTold[];
  midnight: MidnightTold;
  /** What went otherwise than it should have, in words. */
  wrong: string[];
}

const Department = z.object({
  department: z.string(),
  acts: z.object({
    invited: z.number(),
    deferred: z.number(),
    opposed: z.number(),
    opened: z.number(),
    reversed: z.number(),
  }),
  status: z.object({ opposed: z.number(), open: z.number(), invited: z.number() }),
});
const Statistics = z.object({
  waves: z.array(z.object({ wave: z.string(), departments: z.array(Department) })),
});

/** What the API itself counts for a wave. */
async function counted(client: Client, token: string, wave: PlannedWave) {
  const path = `/statistics/enrolment?wave=${wave.id}`;
  const answer = await client.call({ method: 'GET', path, token });
  const told = Statistics.parse(answer.body).waves.find((one) => one.wave === wave.id);
  const sum = (of: (one: z.infer<typeof Department>) => number) =>
    (told?.departments ?? []).reduce((total, one) => total + of(one), 0);
  return {
    informed: sum(({ acts }) => acts.invited),
    byLetter: sum(({ acts }) => acts.deferred),
    opposed: sum(({ status }) => status.opposed),
    open: sum(({ status }) => status.open),
    stillInvited: sum(({ status }) => status.invited),
  };
}

interface Event {
  at: string;
  act: () => Promise<void>;
}

/** Plays a plan against a running world through its gateway, its intake bucket and its clock. */
export async function play(
  client: Client,
  asked: { plan: Plan; agent: string; say: (line: string) => void },
): Promise<StoryTold> {
  const { plan, say } = asked;
  const wrong: string[] = [];
  const check = (ok: boolean, words: string) => ok || wrong.push(words);
  const token = () => client.token(asked.agent);

  const imported = await bringIn(client, {
    token: await token(),
    file: `recit-${plan.cohort}.csv`,
    text: csvOf(plan.people),
  });
  check(imported.imported === plan.people.length, `${imported.imported} personnes importées`);
  say(`${imported.imported} personnes importées.`);

  for (const wave of plan.waves) {
    const body = { sendOn: wave.sendOn, departments: wave.departments };
    const path = `/enrolment/waves/${wave.id}`;
    const bearer = await token();
    const answer = await client.call({ method: 'PUT', path, token: bearer, body });
    if (answer.status !== 200) throw new Error(`${wave.id}: ${JSON.stringify(answer.body)}`);
  }

  const post = postbox(client);
  let midnight: MidnightTold = { intime: '', late: '' };
  const codeOf = (person: Insured) => post.codes.get(person.email) ?? '';
  const objected = new Map<string, number>();

  const events: Event[] = plan.waves.flatMap((wave, index) => [
    {
      at: later(`${wave.sendOn}T00:00:00.000Z`, 11 * 60),
      act: async () => {
        await post.collect();
        say(`${wave.sendOn} : vague « ${wave.name} » envoyée.`);
      },
    },
    ...wave.objections.map(({ person, at }) => ({
      at,
      act: async () => {
        const told = outcome(await object(client, person, codeOf(person)));
        check(told === 'done', `une opposition à temps (${wave.name}) a été refusée : ${told}`);
        if (told === 'done') objected.set(wave.id, (objected.get(wave.id) ?? 0) + 1);
      },
    })),
    {
      at: later(wave.midnight, index === 0 ? -1 : 20),
      act: async () => {
        if (index === 0) {
          const afterSweep = later(wave.midnight, 20);
          const { codes } = post;
          const asking = { ...plan.midnight, codes, midnight: wave.midnight, afterSweep };
          midnight = await atMidnight(client, asking);
          check(midnight.intime === 'done', `l’opposition de 23:59:59 : ${midnight.intime}`);
          check(
            midnight.late === 'enrolment/deadline-passed',
            `l’opposition d’une seconde trop tard : ${midnight.late}`,
          );
          if (midnight.intime === 'done') objected.set(wave.id, (objected.get(wave.id) ?? 0) + 1);
        }
        say(`${wave.midnight} : délai de « ${wave.name} » passé.`);
      },
    },
  ]);
  for (const event of events.toSorted((a, b) => a.at.localeCompare(b.at))) {
    await client.moveTo(event.at);
    await event.act();
  }
  await client.idle();

  const waves: WaveTold[] = [];
  for (const wave of plan.waves) {
    const told = await counted(client, await token(), wave);
    const byMail = wave.people.filter((one) => one.email !== '').length;
    const oppositions = objected.get(wave.id) ?? 0;
    check(told.informed === byMail, `${wave.name} : ${told.informed} informés, ${byMail} attendus`);
    check(told.byLetter === wave.people.length - byMail, `${wave.name} : lettres ${told.byLetter}`);
    check(told.opposed === oppositions, `${wave.name} : ${told.opposed} oppositions comptées`);
    check(told.open === byMail - oppositions, `${wave.name} : ${told.open} ouverts`);
    check(told.stillInvited === 0, `${wave.name} : ${told.stillInvited} encore invités`);
    const departments: Record<string, number> = {};
    for (const one of wave.people)
      departments[one.department] = (departments[one.department] ?? 0) + 1;
    waves.push({
      wave: wave.id,
      sendOn: wave.sendOn,
      departments,
      informed: told.informed,
      byLetter: told.byLetter,
      objected: told.opposed,
      deadline: wave.midnight,
      opened: told.open,
    });
  }
  const { cohort, people } = plan;
  return { cohort, people: people.length, import: imported, waves, midnight, wrong };
}
