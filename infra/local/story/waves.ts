import { addDays } from '#shared/kernel/calendar.ts';

/** A wave of the story: its name without the cohort, départements and day of sending. */
export interface StoryWave {
  name: string;
  sendOn: string;
  departments: readonly string[];
}

const dayMs = 86_400_000;

/** The five waves of Occitanie of 2022, as they were announced. */
const occitanie: readonly StoryWave[] = [
  { name: 'occitanie-1', sendOn: '2022-02-07', departments: ['12', '11', '09'] },
  { name: 'occitanie-2', sendOn: '2022-02-14', departments: ['30', '32', '31', '34'] },
  { name: 'occitanie-3', sendOn: '2022-02-21', departments: ['46', '48'] },
  { name: 'occitanie-4', sendOn: '2022-02-28', departments: ['66', '65'] },
  { name: 'occitanie-5', sendOn: '2022-03-14', departments: ['81', '82'] },
];

/**
 * The waves as this world can still play them: on their true days when these lie ahead, else moved by
 * whole weeks so that the first leaves on the next Monday after tomorrow.
 */
export function wavesFrom(today: string): StoryWave[] {
  const first = Date.parse('2022-02-07T00:00:00Z');
  const ahead = Date.parse(`${today}T00:00:00Z`) + 2 * dayMs - first;
  const weeks = Math.max(0, Math.ceil(ahead / (7 * dayMs)));
  return occitanie.map((wave) => ({ ...wave, sendOn: addDays(wave.sendOn, 7 * weeks) }));
}

/** Départements of all the waves. */
export const storyDepartments = occitanie.flatMap((wave) => [...wave.departments]);
