import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { articles } from './support/law.ts';

const ruleId = /\b(?:ENR|MIN|CAR|ACC|DOC|PRO|MSG|AGE|CAT|NOT|SEC)-\d+\b/g;

function filesUnder(...folders: string[]): string[] {
  const listed = execFileSync('git', ['ls-files', '-co', '--exclude-standard', ...folders], {
    encoding: 'utf8',
  });
  return listed.split('\n').filter((file) => /\.tsx?$/.test(file) && existsSync(file));
}

/** Rule ids that the code says it keeps, with the files that say so. */
function usedRules(): Map<string, string[]> {
  const used = new Map<string, string[]>();
  for (const file of filesUnder('functions', 'shared', 'infra'))
    for (const [id] of readFileSync(file, 'utf8').matchAll(ruleId))
      if (!used.get(id)?.includes(file)) used.set(id, [...(used.get(id) ?? []), file]);
  return used;
}

interface Named {
  file: string;
  name: string;
}

/** Names of tests, as written: `test('ENR-2 …')`, `it(…)`, `describe(…)`, `.each(…)('…')`. */
function namedTests(): Named[] {
  const names =
    /\b(?:test|it|describe)(?:\.\w+)*(?:\((?!\s*['"`])[\s\S]*?\))?\(\s*(['"`])((?:\\.|(?!\1)[\s\S])*?)\1/g;
  return filesUnder('test')
    .filter((file) => file.endsWith('.test.ts'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(names)].map((found) => ({
        file,
        name: (found[2] ?? '').replace(/\s+/g, ' '),
      })),
    );
}

const used = usedRules();
const tests = namedTests();
const provedBy = (id: string) => tests.filter(({ name }) => name.match(ruleId)?.includes(id));
const ids = [...used.keys()].sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));

test('every rule id that the code names is named by a test', () => {
  expect(ids.filter((id) => provedBy(id).length === 0)).toEqual([]);
});

test('the table of rules and tests in the docs is as generated (update it with: npm test -- -u)', async () => {
  const rows = ids.flatMap((id) =>
    provedBy(id).map(({ file, name }) => `| ${id} | ${name.replaceAll('|', '\\|')} | ${file} |`),
  );
  const table = [
    '# Which test proves which rule',
    '',
    'Generated from the names of the tests; the ids are those of our reading of the law and of the real service.',
    '',
    '| rule | test | file |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await expect(table).toMatchFileSnapshot('../docs/rules-and-tests.md');
});

test('the table of articles, rules and tests in the docs is as generated', async () => {
  const rows = articles.flatMap(({ article, asks, rules, open = '' }) =>
    rules.map((id) => {
      const files = [...new Set(provedBy(id).map(({ file }) => file.replace('test/', '')))].sort();
      const proof = files.length > 0 ? files.join(', ') : '**none yet**';
      return `| ${article} | ${asks} | ${id} | ${proof} | ${open} |`;
    }),
  );
  const table = [
    '# What the law asks of enrolment, and which test shows it',
    '',
    'Articles of the Code de la santé publique, our reading of them, the rules by which they are kept and the',
    'tests (under `test/`) that carry the rule’s id in their names. Generated; what is open is said.',
    '',
    '| article | asks | rule | tests | open |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
  await expect(table).toMatchFileSnapshot('../docs/law-and-tests.md');
});
