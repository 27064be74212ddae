import type { Client } from '#infra/local/client.ts';
import { demoWords } from '#infra/local/demo/deposit.ts';
import { tellWave, type WaveTold } from './counted.ts';
import { type FamilyTold, familyFaults, familyLife } from './family.ts';
import { activate, type Holder } from './holder.ts';
import { bringIn, type ImportTold } from './intake.ts';
import { postbox } from './mails.ts';
import { atMidnight, type MidnightTold, object, outcome } from './objections.ts';
import { beyondOf, nobody, noOthers, type OthersTold, othersFaults, othersOf } from './others.ts';
import { type PairTold, pairFaults, pairLife } from './pair.ts';
import { csvOf, type Insured } from './people.ts';
import type { Plan, PlannedObjection, PlannedWave } from './plan.ts';
import { deposit } from './reading.ts';
import { comes, nothingTold, type VaultTold, vaultFaults, verifies } from './vault.ts';
import { tenYearsLater } from './years.ts';

const minuteMs = 60_000;
const later = (at: string, minutes: number) =>
  new Date(Date.parse(at) + minutes * minuteMs).toISOString();

export interface StoryTold {
  cohort: number;
  people: number;
  import: ImportTold;
  waves: WaveTold[];
  midnight: MidnightTold;
  vault: VaultTold;
  others: OthersTold;
  /** What is known of the deleted record ten years later; nothing where the story ends before. */
  years?: string;
  family: FamilyTold;
  pair: PairTold;
  /** What went otherwise than it should have, in words. */
  wrong: string[];
}

/** What a telling carries along. */
interface Telling {
  client: Client;
  plan: Plan;
  token: () => Promise<string>;
  say: (line: string) => void;
  post: ReturnType<typeof postbox>;
  objected: Map<string, number>;
  midnight: MidnightTold;
  vault: VaultTold;
  others: OthersTold;
  /** The agent who runs the campaign. */
  agent: string;
  /** The world's folder: bits are turned in it. */
  folder: string;
  wrong: string[];
}

interface Event {
  at: string;
  act: () => Promise<void>;
}

/** Plays a plan against a running world through its gateway, its intake bucket and its clock. */
export async function play(
  client: Client,
  asked: {
    plan: Plan;
    agent: string;
    folder: string;
    /** Whether the clock leaps ten years ahead at the end. */
    years: boolean;
    say: (line: string) => void;
  },
): Promise<StoryTold> {
  const { plan, say } = asked;
  const telling: Telling = {
    ...{ client, plan, say, post: postbox(client) },
    ...{ objected: new Map(), midnight: { intime: '', late: '' }, wrong: [] },
    ...{ vault: structuredClone(nothingTold), others: structuredClone(noOthers) },
    ...{ folder: asked.folder, agent: asked.agent },
    token: () => client.token(asked.agent),
  };
  const imported = await bringIn(client, {
    token: await telling.token(),
    file: `recit-${plan.cohort}.csv`,
    text: csvOf(plan.people),
  });
  if (imported.imported !== plan.people.length)
    telling.wrong.push(`${imported.imported} personnes importées sur ${plan.people.length}`);
  say(`${imported.imported} personnes importées.`);
  for (const wave of plan.waves) await planned(telling, wave);

  const events = plan.waves.flatMap((wave, index) => eventsOf(telling, wave, index === 0));
  for (const { at, act } of events.toSorted((a, b) => a.at.localeCompare(b.at))) {
    await client.moveTo(at);
    await act();
  }
  await client.idle();

  const { cohort, people } = plan;
  const family = await familyLife(client, { cohort, token: telling.token, say });
  telling.wrong.push(...familyFaults(family));
  const pair = await pairLife(client, { cohort, token: telling.token, say });
  telling.wrong.push(...pairFaults(pair));

  const waves: WaveTold[] = [];
  for (const wave of plan.waves) {
    const objected = telling.objected.get(wave.id) ?? 0;
    const { told, wrong } = await tellWave(client, {
      token: await telling.token(),
      wave,
      objected,
      beyond: wave === plan.waves[0] ? beyondOf(telling.others) : nobody,
    });
    waves.push(told);
    telling.wrong.push(...wrong);
  }
  telling.wrong.push(...vaultFaults(telling.vault, demoWords));
  telling.wrong.push(...othersFaults(telling.others));
  const { midnight, vault, others, wrong } = telling;
  const told = {
    ...{ cohort, people: people.length, import: imported, waves },
    ...{ midnight, vault, others, family, pair },
  };
  if (!asked.years) return { ...told, wrong };
  const years = await tenYearsLater(client, accountOf(plan, plan.followed.inTime, 'a-temps'));
  if (years !== 'forgotten')
    wrong.push(`dix ans après la suppression, il reste quelque chose : ${years}`);
  say('Dix ans passent.');
  return { ...told, years, wrong };
}

async function planned({ client, token }: Telling, wave: PlannedWave): Promise<void> {
  const body = { sendOn: wave.sendOn, departments: wave.departments };
  const path = `/enrolment/waves/${wave.id}`;
  const answer = await client.call({ method: 'PUT', path, token: await token(), body });
  if (answer.status !== 200) throw new Error(`${wave.id}: ${JSON.stringify(answer.body)}`);
}

function eventsOf(telling: Telling, wave: PlannedWave, isFirst: boolean): Event[] {
  const { post, say } = telling;
  const sent = async () => {
    await post.collect();
    say(`${wave.sendOn} : vague « ${wave.name} » envoyée.`);
  };
  const passed = async () => {
    if (isFirst) await lastSecond(telling, wave);
    say(`${wave.midnight} : délai de « ${wave.name} » passé.`);
  };
  return [
    { at: later(`${wave.sendOn}T00:00:00.000Z`, 11 * 60), act: sent },
    ...wave.objections.map((one) => ({ at: one.at, act: () => objects(telling, wave, one) })),
    { at: later(wave.midnight, isFirst ? -1 : 20), act: passed },
    ...(isFirst ? followed(telling, wave) : []),
  ];
}

const count = ({ objected }: Telling, { id }: PlannedWave) =>
  objected.set(id, (objected.get(id) ?? 0) + 1);

async function objects(telling: Telling, wave: PlannedWave, { person }: PlannedObjection) {
  const { client, post, wrong } = telling;
  const told = outcome(await object(client, person, post.codes.get(person.email) ?? ''));
  if (told === 'done') count(telling, wave);
  else wrong.push(`une opposition à temps (${wave.name}) a été refusée : ${told}`);
}

async function lastSecond(telling: Telling, wave: PlannedWave): Promise<void> {
  const { client, plan, post, wrong } = telling;
  const { midnight } = wave;
  const told = await atMidnight(client, {
    ...plan.midnight,
    codes: post.codes,
    midnight,
    afterSweep: later(midnight, 20),
  });
  telling.midnight = told;
  if (told.intime === 'done') count(telling, wave);
  else wrong.push(`l’opposition de 23:59:59 : ${told.intime}`);
  if (told.late !== 'enrolment/deadline-passed')
    wrong.push(`l’opposition d’une seconde trop tard : ${told.late}`);
}

const dayMinutes = 24 * 60;

const accountOf = ({ cohort }: Plan, person: Insured, name: string): Holder => ({
  person,
  subject: `recit-${cohort}-${name}`,
});

/** The two whose records are followed: card, code and six digits in time; a deposit, and the holder a month later. */
function followed(telling: Telling, wave: PlannedWave): Event[] {
  const { client, plan, post, say, vault } = telling;
  const inTime = accountOf(plan, plan.followed.inTime, 'a-temps');
  const late = accountOf(plan, plan.followed.later, 'plus-tard');
  const codeOf = async ({ person }: Holder) => {
    await post.collect();
    return post.codes.get(person.email) ?? '';
  };
  const activates = async () => {
    vault.inTime = await activate(client, inTime, await codeOf(inTime));
    say('Un titulaire active son espace, par sa carte, son code et six chiffres.');
  };
  const files = async () => {
    vault.filed = await deposit(client, late);
    say('Un hôpital dépose un compte rendu dans un espace ouvert de lui-même.');
  };
  const returns = async () => {
    Object.assign(vault, await comes(client, late, () => codeOf(late)));
    Object.assign(vault, await verifies(client, late, telling.folder));
    say('Son titulaire l’active, le lit, vérifie l’historique.');
  };
  return [
    { at: later(`${wave.sendOn}T00:00:00.000Z`, 3 * dayMinutes + 600), act: activates },
    { at: later(wave.midnight, dayMinutes + 600), act: files },
    { at: later(wave.midnight, 30 * dayMinutes + 600), act: returns },
    ...othersOf({
      ...{ client, plan, wave, say, agent: telling.agent, leaver: inTime, told: telling.others },
      count: () => count(telling, wave),
    }),
  ];
}
