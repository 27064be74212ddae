import { expect, test } from 'vitest';
import { assistedChecks } from '#functions/enrolment/data/assisted-checks.ts';
import { closureChecks } from '#functions/enrolment/data/closure-checks.ts';
import { guardianshipChecks } from '#functions/enrolment/data/guardianship-checks.ts';
import { oppositionChecks } from '#functions/enrolment/data/opposition-checks.ts';

const row = (...cells: readonly string[]) => `| ${cells.join(' | ')} |`;

const rows = [
  ...oppositionChecks.flatMap(({ from, needs }) =>
    Object.entries(needs).map(([way, checks]) =>
      row('takes an objection', `by ${way}`, checks.join(', '), from),
    ),
  ),
  ...guardianshipChecks.flatMap(({ from, needs }) =>
    Object.entries(needs).map(([order, groups]) =>
      row(
        `changes who acts for a child: ${order}`,
        'by any way',
        groups.map((group) => group.join(' or ')).join(', '),
        from,
      ),
    ),
  ),
  ...closureChecks.flatMap(({ from, asking, calling }) => [
    ...Object.entries(asking).map(([way, checks]) =>
      row('takes down a wish to close or delete', `by ${way}`, checks.join(', '), from),
    ),
    ...Object.entries(calling).map(([way, checks]) =>
      row(
        'another agent: confirms a wish to close or delete',
        `by ${way}`,
        checks.join(', '),
        from,
      ),
    ),
  ]),
  ...assistedChecks.map(({ from, needs }) =>
    row('opens a holder’s session at a counter', 'at the desk', needs.join(', '), from),
  ),
];

test('ENR-40: the page of what agents must have checked is as their rules have it', async () => {
  const page = [
    '# What an agent must have checked before an act',
    '',
    'Generated from the dated data by which the rules decide (`functions/enrolment/data/*-checks.ts`): the latest',
    'entry that has begun in Paris counts. A change is a new entry, the old ones stay. What was checked stands in the',
    'request, and with an objection in its proof; what is missing is refused with `enrolment/checks-missing`.',
    '',
    row('an agent', 'how', 'needs', 'from'),
    row('---', '---', '---', '---'),
    ...rows,
    '',
  ].join('\n');
  await expect(page).toMatchFileSnapshot('../../docs/agent-checks.md');
});
