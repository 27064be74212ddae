import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '#infra/local/client.ts';
import { seedDemo } from '#infra/local/demo/seed.ts';
import { ask } from '#test/support/request.ts';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';

/** What each line of the page answers, by the beginning of its title; in the page's order. */
const answers: readonly (readonly [title: string, status: number])[] = [
  ['Est-ce que cela répond', 200],
  ['S’opposer à l’ouverture', 201],
  ['Le même geste pour un inconnu', 403],
  ['Appeler comme agent', 200],
  ['Le contrat', 200],
];

let world: OwnWorld;
beforeAll(async () => {
  world = await startOwnWorld();
  await seedDemo(clientOf(world.info));
}, 120_000);
afterAll(() => world.stop());

const signs: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&amp;': '&',
};
const plain = (html: string) => html.replace(/&\w+;/g, (sign) => signs[sign] ?? sign);

/** Title and lines of each thing to try, as a person copies them from the page. */
async function examples(): Promise<{ title: string; lines: string }[]> {
  const { text } = await ask(world.info.console, { path: '/' });
  return [...text.matchAll(/<h3>([^<]*)<\/h3>\s*<pre>([^<]*)<\/pre>/g)]
    .map(([, title = '', lines = '']) => ({ title: plain(title), lines: plain(lines) }))
    .filter(({ lines }) => lines.includes('curl'));
}

/** Runs lines in a shell as they stand; the last status that was answered. */
function statusOf(lines: string): number {
  const { stdout } = spawnSync('bash', ['-c', lines], { encoding: 'utf8', timeout: 30_000 });
  const told = [...stdout.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].at(-1)?.[1];
  if (told !== undefined) return Number(told);
  // Without -i no status is told: an answer without a problem's code is a success.
  const answer: unknown = JSON.parse(stdout);
  return 'code' in Object(answer) ? 500 : 200;
}

test('every line of the first page works as it stands, and a second objection is told that the code was used', async () => {
  const found = await examples();
  expect(
    found.map(({ title }) => answers.findIndex(([begins]) => title.startsWith(begins))),
  ).toEqual(answers.map((_, at) => at));
  for (const [at, { title, lines }] of found.entries())
    expect(statusOf(lines), title).toBe(answers[at]?.[1]);
  const [, objection] = found;
  expect(statusOf(objection?.lines ?? '')).toBe(409);
}, 60_000);
