import { addDays, endOfDay } from '#shared/kernel/calendar.ts';
import { waveName } from './cohort.ts';
import { drawPeople, type Insured } from './people.ts';
import { diceOf } from './random.ts';
import { type StoryWave, storyDepartments, wavesFrom } from './waves.ts';

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const objectionDays = 42;

export interface PlannedObjection {
  person: Insured;
  /** When the person objects, ISO. */
  at: string;
}

export interface PlannedWave extends StoryWave {
  id: string;
  people: Insured[];
  objections: PlannedObjection[];
  /** Midnight in Paris at the end of the last day, ISO. */
  midnight: string;
}

export interface Plan {
  cohort: number;
  people: Insured[];
  waves: PlannedWave[];
  /** Who plays the last second of the first wave's deadline. */
  midnight: { intime: Insured; late: Insured };
  /** Whose records are followed: one activates within the six weeks, the other long after. */
  followed: { inTime: Insured; later: Insured };
  /** Of the first wave: whose mail comes back, who calls, whose letter is late in the post. */
  others: { bounced: Insured; caller: Insured; writer: Insured };
}

const iso = (instant: number) => new Date(instant).toISOString();
/** The first instant of a day in Paris. */
const startOf = (day: string) => endOfDay(addDays(day, -1), 'Europe/Paris') + 1;

/** Decides the whole telling from its seed: who is drawn, who is invited when, who objects when. */
export function planStory(asked: {
  seed: number;
  cohort: number;
  people: number;
  today: string;
  objecting: number;
  withMail: number;
}): Plan {
  const people = drawPeople({ ...asked, departments: storyDepartments });
  const dice = diceOf(asked.seed * 104_729 + asked.cohort);
  const waves = wavesFrom(asked.today).map((wave) => {
    const invited = people.filter((one) => wave.departments.includes(one.department));
    const reachable = invited.filter((one) => one.email !== '');
    const begin = startOf(wave.sendOn) + 12 * hourMs;
    const end = startOf(addDays(wave.sendOn, objectionDays + 1));
    const wanted = Math.max(1, Math.round(invited.length * asked.objecting));
    const objections = reachable.slice(2, 2 + wanted).map((person) => ({
      person,
      at: iso(dice.whole(begin, end - hourMs)),
    }));
    return {
      ...wave,
      id: waveName(asked.cohort, wave.name),
      people: invited,
      objections,
      midnight: iso(end),
    };
  });
  const reachable = waves[0]?.people.filter((one) => one.email !== '') ?? [];
  const [intime, late, ...rest] = reachable;
  const [later, inTime, bounced, caller, writer] = rest
    .slice(waves[0]?.objections.length)
    .reverse();
  if (!intime || !late || !inTime || !later || !bounced || !caller || !writer)
    throw new Error('too few people for a story: ask for 100 or more');
  const [midnight, followed] = [
    { intime, late },
    { inTime, later },
  ];
  // Nobody takes a mail there: it comes back.
  bounced.email = bounced.email.replace('@exemple.', '@bounce.');
  return {
    ...{ cohort: asked.cohort, people, waves, midnight, followed },
    others: { bounced, caller, writer },
  };
}
