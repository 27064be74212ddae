import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { assumptions, units } from '#infra/national/assumptions.ts';
import { page } from '#infra/national/page.ts';
import { sendingDays, simulate } from '#infra/national/simulate.ts';

test('the page of the national campaign is as generated (update it with: npm run national)', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/national-campaign.md');
});

test('everybody is informed once, and opened once but for those who object', () => {
  const days = simulate();
  const sum = (of: (day: (typeof days)[number]) => number) =>
    days.reduce((all, day) => all + of(day), 0);
  const { people, withMail, bouncing, objecting } = assumptions;
  expect(sum(({ mails }) => mails)).toBeCloseTo(people * withMail, 0);
  expect(sum(({ letters }) => letters)).toBeCloseTo(people * (1 - withMail * (1 - bouncing)), 0);
  expect(sum(({ due }) => due)).toBeCloseTo(people * (1 - objecting), 0);
  expect(sendingDays()).toHaveLength(38);
  expect(days[0]?.day).toBe('2022-02-03');
  // Nobody's record opens before the forty-second day has ended.
  expect(days.find(({ due }) => due > 0)?.day).toBe('2022-03-18');
});

test('its units are those that the tests of costs hold', () => {
  const held = readFileSync('test/enrolment/units.world.test.ts', 'utf8');
  expect(held).toContain('write: 96 * 10 + 14');
  expect(held).toContain('write: 32 + 200 * 6');
  expect(units.import.write).toBeCloseTo(10 + 14 / 96);
  expect(units.opening.write).toBe(6);
  const invitation = held.slice(held.indexOf("test('an invitation'"));
  expect(invitation).toContain(
    `write: ${units.invitation.write},\n      read: ${units.invitation.read},`,
  );
});
