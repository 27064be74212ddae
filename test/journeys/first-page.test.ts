import { spawnSync } from 'node:child_process';
import process from 'node:process';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clientOf } from '#infra/local/client.ts';
import { seedDemo } from '#infra/local/demo/seed.ts';
import { ask } from '#test/support/request.ts';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';

/** What must stand in the output of each thing to try, by the beginning of its title; in the page's order. */
const answers: readonly (readonly [title: string, told: RegExp])[] = [
  ['Est-ce que cela répond', /^HTTP\/1\.1 200/m],
  ['S’opposer à l’ouverture', /^HTTP\/1\.1 201/m],
  ['Le même geste pour un inconnu', /^HTTP\/1\.1 403/m],
  ['Activer l’espace', /"activation":"/],
  ['Confirmer par les six chiffres', /^HTTP\/1\.1 200[\s\S]*"status":"activated"/m],
  ['Déposer un document', /^HTTP\/1\.1 201/m],
  ['Chercher et lire', /"total":1[\s\S]*^HTTP\/1\.1 200[\s\S]*Hémoglobine/m],
  ['Qui a fait quoi', /"actionDescription"[\s\S]*^HTTP\/1\.1 200/m],
  ['L’historique exporté', /^EXIT 0$/m],
  ['Appeler comme agent', /^HTTP\/1\.1 200/m],
  ['Le contrat', /^HTTP\/1\.1 200/m],
];

let world: OwnWorld;
beforeAll(async () => {
  world = await startOwnWorld();
  await seedDemo(clientOf(world.info));
}, 300_000);
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

/** Runs all of them in one shell, as a newcomer does; what each printed. */
function played(found: readonly { lines: string }[]): string[] {
  const script = found
    .map(({ lines }) => `${lines}\ncode=$?; echo; echo "EXIT $code"; echo @@@`)
    .join('\n');
  const { stdout } = spawnSync('bash', ['-c', script], {
    encoding: 'utf8',
    timeout: 240_000,
    env: { ...process.env, MES_INSTALL_MS: undefined },
  });
  return stdout.split('@@@\n');
}

test('every line of the first page works as it stands; a second objection is told that the code was used', async () => {
  const found = await examples();
  const placed = found.map(({ title }) => answers.findIndex(([start]) => title.startsWith(start)));
  expect(placed).toEqual(answers.map((_, at) => at));
  const told = played(found);
  for (const [at, [title, wanted]] of answers.entries()) expect(told[at], title).toMatch(wanted);
  const [again] = played(found.slice(1, 2));
  expect(again).toMatch(/^HTTP\/1\.1 409/m);
}, 300_000);
