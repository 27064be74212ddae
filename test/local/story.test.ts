import { describe, expect, test } from 'vitest';
import { csvOf, drawPeople } from '#infra/local/story/people.ts';
import { planStory } from '#infra/local/story/plan.ts';
import { shareOut, territory } from '#infra/local/story/territories.ts';
import { storyDepartments, wavesFrom } from '#infra/local/story/waves.ts';
import { parseNir } from '#shared/kernel/nir.ts';

const asked = { seed: 3, cohort: 1, people: 400, withMail: 0.75, objecting: 0.02 };

describe('the waves of the story', () => {
  test('are those of 2022 where these still lie ahead', () => {
    expect(wavesFrom('2022-01-31').map(({ sendOn }) => sendOn)).toEqual([
      '2022-02-07',
      '2022-02-14',
      '2022-02-21',
      '2022-02-28',
      '2022-03-14',
    ]);
  });

  test.each(['2022-02-06', '2022-02-07', '2024-02-29', '2026-11-21'])(
    'told on %s, they leave on later Mondays, as far apart as in 2022',
    (today) => {
      const days = wavesFrom(today).map(({ sendOn }) => Date.parse(sendOn));
      const [first = 0] = days;
      expect(days.map((day) => (day - first) / 86_400_000)).toEqual([0, 7, 14, 21, 35]);
      expect(new Date(first).getUTCDay()).toBe(1);
      expect(first).toBeGreaterThan(Date.parse(today) + 86_400_000);
    },
  );
});

describe('the people of the story', () => {
  test('are shared out by population, all of them', () => {
    const shares = shareOut(1000, storyDepartments);
    expect([...shares.values()].reduce((sum, one) => sum + one, 0)).toBe(1000);
    const [toulouse = 0, lozere = 0] = [shares.get('31'), shares.get('48')];
    const ratio = territory('31').population / territory('48').population;
    expect(toulouse / lozere).toBeGreaterThan(ratio * 0.9);
    expect(toulouse / lozere).toBeLessThan(ratio * 1.1);
  });

  test('have valid numbers, Corsica and overseas too, each once', () => {
    const people = drawPeople({ ...asked, departments: ['2A', '2B', '971', '974', '987', '12'] });
    expect(people.map(({ nir }) => parseNir(nir).ok)).not.toContain(false);
    expect(new Set(people.map(({ nir }) => nir)).size).toBe(people.length);
  });

  test('of two tellings with one seed are not the same', () => {
    const numbers = (cohort: number) =>
      drawPeople({ ...asked, cohort, departments: storyDepartments }).map(({ nir }) => nir);
    const first = new Set(numbers(1));
    expect(numbers(2).filter((nir) => first.has(nir))).toEqual([]);
    expect(numbers(1)).toEqual([...first]);
  });

  test('stand in a file with one line each', () => {
    const people = drawPeople({ ...asked, departments: storyDepartments });
    expect(csvOf(people).split('\n')).toHaveLength(people.length + 2);
  });
});

test('the plan is decided by its seed, and every objection lies within its six weeks', () => {
  const plan = planStory({ ...asked, today: '2022-01-31' });
  expect(planStory({ ...asked, today: '2022-01-31' })).toEqual(plan);
  for (const { sendOn, midnight, objections } of plan.waves) {
    expect(objections.length).toBeGreaterThan(0);
    for (const { at, person } of objections) {
      expect(at > sendOn && at < midnight).toBe(true);
      expect(person.email).not.toBe('');
      expect([plan.midnight.intime.nir, plan.midnight.late.nir]).not.toContain(person.nir);
    }
  }
  // Whose records are followed neither object nor play the last second.
  const { inTime, later } = plan.followed;
  const played = plan.waves.flatMap(({ objections }) => objections.map(({ person }) => person.nir));
  const others = [...played, plan.midnight.intime.nir, plan.midnight.late.nir];
  expect(new Set([...others, inTime.nir, later.nir]).size).toBe(others.length + 2);
  expect([inTime.email, later.email]).not.toContain('');
  expect(plan.waves[0]?.midnight).toBe('2022-03-21T23:00:00.000Z');
});
