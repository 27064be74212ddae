import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { DeleteCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as z from 'zod';
import { HistoryExport } from '#functions/journal/schema.ts';
import { verifyFiles } from '#infra/local/verify/command.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { restEvent } from '#test/support/runtime/rest-event.ts';
import { temporaryFolder } from '#test/support/temporary.ts';
import { asks, type Holder, linked, operator, type Told, world } from './record.ts';

const folder = temporaryFolder('history');
afterEach(() => world.clearFaults());

const told = [
  { at: '2022-01-10T10:00:00.000Z', action: 'enrolment/import-insured' },
  { at: '2022-01-10T11:00:00.000Z', action: 'enrolment/send-invitation' },
  { at: '2022-01-10T12:00:00.000Z', action: 'enrolment/open' },
  { at: '2022-01-11T10:00:00.000Z', lane: 3 },
  { at: '2022-01-11T11:00:00.000Z', lane: 3, visible: 'operator' },
  { at: '2022-01-11T12:00:00.000Z', lane: 3 },
] satisfies Told[];

const TableName = world.physical('JOURNAL_TABLE');
const keyOf = ({ holder, lane, seq }: JournalLine) => ({
  pk: `${holder}#${String(lane).padStart(2, '0')}`,
  sk: String(seq).padStart(12, '0'),
});

/** What somebody with all rights over the table can do to a line. */
async function tamper(line: JournalLine | undefined, field: string, value: unknown): Promise<void> {
  if (!line) throw new Error('no line');
  await operator.send(
    new UpdateCommand({
      TableName,
      Key: keyOf(line),
      UpdateExpression: 'SET #field = :value',
      ExpressionAttributeNames: { '#field': field },
      ExpressionAttributeValues: { ':value': value },
    }),
  );
}

async function remove(line: JournalLine | undefined): Promise<void> {
  if (!line) throw new Error('no line');
  await operator.send(new DeleteCommand({ TableName, Key: keyOf(line) }));
}

const verification = async (one: Holder) => (await asks(one, '/journal/verification')).body;

/** All parts of an export. */
async function exported(one: Holder): Promise<HistoryExport[]> {
  const parts: HistoryExport[] = [];
  for (let path = '/journal/history/export'; parts.length < 9; ) {
    const { status, body, text } = await asks(one, path);
    expect(status, text).toBe(200);
    const part = HistoryExport.parse(body);
    parts.push(part);
    if (part.next === undefined) return parts;
    path = `/journal/history/export?cursor=${part.next}`;
  }
  throw new Error('too many parts');
}

let files = 0;
function fileOf(content: unknown): string {
  const file = join(folder, `history-${files++}.json`);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return file;
}

const verify = (...words: string[]) => verifyFiles(words);

/** `npm run verify` as a command, where nothing of the world is to be had. */
function verifyAlone(...words: string[]) {
  const { status, stdout } = spawnSync(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'infra/local/verify/run.ts', ...words],
    { encoding: 'utf8', env: {} },
  );
  return { status, says: stdout.trim() };
}

const offline = async (one: Holder) => verify(...(await exported(one)).map(fileOf));

test('the command says the same where nothing of the world is to be had', async () => {
  const one = await linked(told);
  const whole = (await exported(one)).map(fileOf);
  expect(verifyAlone(...whole)).toEqual(verify(...whole));
  await tamper(one.lines[1], 'reason', 'changed');
  const broken = (await exported(one)).map(fileOf);
  expect(verifyAlone(...broken)).toEqual(verify(...broken));
  expect([verify(...whole).status, verify(...broken).status]).toEqual([0, 1]);
});

describe('a history that nobody touched', () => {
  test('verifies by the endpoint, and offline', async () => {
    const one = await linked(told);
    expect(await verification(one)).toMatchObject({ ok: true, lines: 6, lanes: 2, withheld: 1 });
    const { status, says } = await offline(one);
    expect(says).toMatch(
      /^Historique intact : 7 lignes vérifiées dans [23] suites, .*1 ligne ne vous/,
    );
    expect(status).toBe(0);
  });

  test('ACC-54: an export is told in the history, before a byte of it leaves', async () => {
    const one = await linked(told);
    const [part] = await exported(one);
    const { body } = await asks(one, '/journal/history?limit=1');
    expect(body).toMatchObject({
      entries: [{ id: part?.export, actionDescription: 'Téléchargement de votre historique' }],
    });
    expect(part?.lines.some((line) => 'id' in line && line.id === part.export)).toBe(true);

    await world.plant({
      ...{ caller: 'journal-api', action: 'dynamodb:PutItem', kind: 'throttle', times: 100 },
    });
    const refused = await asks(one, '/journal/history/export');
    expect(refused.body).toMatchObject({ status: 503, code: 'request/try-again' });
    await world.clearFaults();
    expect(await verification(one)).toMatchObject({ ok: true, lines: 7 });
  });

  test('keeps from the holder what stands in lines that are not for him, and in lanes that are not his', async () => {
    const one = await linked([
      ...told,
      { at: '2022-01-12T10:00:00.000Z', lane: 9, reason: 'of-the-secret' },
      { at: '2022-01-12T10:00:00.000Z', lane: 3, reason: 'of-the-operator', visible: 'operator' },
    ]);
    const text = JSON.stringify(await exported(one));
    expect(text).not.toMatch(/of-the-secret|of-the-operator|"lane":9/);
    expect(text).toContain('"withheld":true');
  });

  test('of many long lines comes in parts that belong together', async () => {
    const at = '2022-01-10T10:00:00.000Z';
    const words = 'é'.repeat(200);
    const long = { purpose: words, place: words, reason: words, onBehalfOf: words, policy: words };
    const one = await linked(
      Array.from({ length: 1900 }, (_, n) => ({ at, lane: n % 2, ...long })),
    );
    const parts = await exported(one);
    expect(parts.map(({ part }) => part)).toEqual([1, 2]);
    expect(new Set(parts.map((part) => part.export)).size).toBe(1);
    const [first = '', second = ''] = parts.map(fileOf);
    expect(verify(second, first)).toMatchObject({ status: 0 });
    expect(verify(second, first).says).toContain('1\u202f901 lignes vérifiées');
    expect(verify(first).says).toBe(
      'Il manque une partie de l’historique : donnez tous les fichiers.',
    );
    const other = fileOf((await exported(one))[1]);
    expect(verify(first, other).says).toBe('Ces fichiers ne viennent pas du même téléchargement.');
  }, 240_000);
});

describe('a history that somebody with all rights changed', () => {
  type Damage = (lines: readonly JournalLine[]) => Promise<void>;
  test.each<[string, Damage, { lane: number; seq: number; kind: string }]>([
    ['a word', (lines) => tamper(lines[0], 'reason', 'x'), { lane: 0, seq: 2, kind: 'chain' }],
    [
      'the last line of lane 0, which the status vouches for',
      (lines) => tamper(lines[2], 'at', '2022-01-10T12:00:00.001Z'),
      { lane: 0, seq: 3, kind: 'changed' },
    ],
    [
      'who acted',
      (lines) => tamper(lines[3], 'actor', { kind: 'holder', id: 'h' }),
      { lane: 3, seq: 2, kind: 'chain' },
    ],
    [
      'what is hidden',
      (lines) => tamper(lines[4], 'outcome', 'refused'),
      { lane: 3, seq: 3, kind: 'chain' },
    ],
    [
      'a line until it is none',
      (lines) => tamper(lines[1], 'v', 2),
      { lane: 0, seq: 2, kind: 'unreadable' },
    ],
    [
      'a line by a field more',
      (lines) => tamper(lines[1], 'more', 1),
      { lane: 0, seq: 2, kind: 'unreadable' },
    ],
    [
      'whose line it is',
      (lines) => tamper(lines[1], 'holder', 'h2'),
      { lane: 0, seq: 2, kind: 'stranger' },
    ],
    ['by taking a line out', (lines) => remove(lines[1]), { lane: 0, seq: 3, kind: 'gap' }],
    ['by cutting the end of lane 0', (lines) => remove(lines[2]), { lane: 0, seq: 3, kind: 'cut' }],
  ])('is found, by endpoint and offline: %s', async (_what, damage, fault) => {
    const one = await linked(told);
    await damage(one.lines);
    expect(await verification(one)).toMatchObject({ ok: false, fault });
    const files = (await exported(one)).map(fileOf);
    const { status, says } = verify(...files);
    expect([status, says]).toEqual([
      1,
      expect.stringMatching(/^Historique altéré : dans la suite \d/),
    ]);
    expect(JSON.parse(verify('--json', ...files).says)).toEqual({ ok: false, fault });
  });

  test('a cut end of another lane is found against an earlier export', async () => {
    const one = await linked(told);
    const earlier = (await exported(one)).map(fileOf);
    const since = earlier.flatMap((file) => ['--since', file]);
    expect(verify(...(await exported(one)).map(fileOf), ...since)).toMatchObject({ status: 0 });
    await remove(one.lines[5]);
    await remove(one.lines[4]);
    const now = (await exported(one)).map(fileOf);
    const lanes = z.object({ heads: z.array(z.looseObject({ lane: z.int() })) });
    expect(lanes.parse((await exported(one))[0]).heads.length).toBeGreaterThan(1);
    expect(verify(...now, ...since)).toMatchObject({ status: 1 });
  });

  test('the history itself goes on around a line that nobody can read', async () => {
    const one = await linked(told);
    await tamper(one.lines[1], 'v', 2);
    const { status, body } = await asks(one, '/journal/history');
    expect(status).toBe(200);
    expect(z.object({ entries: z.array(z.unknown()) }).parse(body).entries).toHaveLength(4);
  });

  test('is logged as an event of security that names nobody', async () => {
    const { handler } = await import('#functions/journal/handler.ts');
    const one = await linked(told);
    await tamper(one.lines[0], 'reason', 'x');
    const said: string[] = [];
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      said.push(String(text));
      return true;
    });
    const caller = { kind: 'holder', subject: one.subject };
    const event = restEvent('GET', '/journal/verification', { caller });
    await handler(event, Object.create(null));
    spy.mockRestore();
    const line = said.find((text) => text.includes('journal-broken')) ?? '';
    expect(JSON.parse(line)).toMatchObject({
      ...{ level: 'error', event: 'journal-broken', code: 'chain', counts: { lane: 0, seq: 2 } },
      integrityFaults: 1,
    });
    expect(said.join('')).not.toContain(one.holder);
  });
});

describe('what is no exported history', () => {
  test.each([
    ['no JSON', 'once upon a time', 'Ce fichier n’est pas un historique téléchargé.'],
    ['other JSON', { lines: [] }, 'Ce fichier n’est pas un historique téléchargé.'],
  ])('is told in a sentence: %s', (_what, content, sentence) => {
    expect(verify(fileOf(content))).toEqual({ status: 1, says: sentence });
    const told = JSON.parse(verify('--json', fileOf(content)).says);
    expect(told).toEqual({ ok: false, error: sentence });
  });

  test('no file, one that is not there, and an earlier one of somebody else', async () => {
    expect(verify()).toEqual({
      status: 1,
      says: 'Donnez le fichier de l’historique à vérifier.',
    });
    expect(verify('/nowhere.json').says).toBe('Le fichier /nowhere.json ne peut pas être lu.');
    const [one, other] = [await linked(told), await linked(told)];
    const [now, before] = [fileOf((await exported(one))[0]), fileOf((await exported(other))[0])];
    expect(verify(now, '--since', before).says).toBe(
      'L’historique d’avant n’est pas de la même personne.',
    );
  });
});
