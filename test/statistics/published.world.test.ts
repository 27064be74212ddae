import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import process from 'node:process';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { toldByPeriod } from '#functions/statistics/rules/days.ts';
import { divisionOf } from '#functions/statistics/rules/moments.ts';
import { EnrolmentStatistics, type PublishedCell } from '#functions/statistics/schema.ts';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';
import { attack, type Shape } from './attack.ts';
import { countryOf, people } from './country.ts';

const folder = mkdtempSync(join(tmpdir(), 'mes-published-'));
let world: OwnWorld;
let country: ReturnType<typeof countryOf>;

const publish = async () =>
  z
    .object({ outcome: z.string() })
    .parse((await world.invoke('statistics-clock', { job: 'publish' })).result).outcome;

/** A country of four départements: many people, some, and few; the old by letter. */
const lozere = [
  ...people('48', 40, { decade: '1980' }),
  ...people('48', 16, { decade: '1940', letter: true }),
];
const aveyron = [...people('12', 30, { decade: '1960' }), ...people('12', 4, { decade: '1890' })];
const gard = people('30', 26, { decade: '1960' });
const pyrenees = people('66', 5);

beforeAll(async () => {
  world = await startOwnWorld({ folder, options: ['--fresh', '--at', '2022-01-31'] });
  country = countryOf(world);
  await country.import([...lozere, ...aveyron, ...gard, ...pyrenees]);
  // Monday's edition has to be caught up: people came in the afternoon.
  await world.move('2022-02-01T12:00:00.000Z');
  await country.wave('occitanie', ['48', '12', '66']);
  for (const one of lozere.slice(0, 14)) await country.object(one);
  for (const one of aveyron.slice(0, 3)) await country.object(one);
  for (const one of lozere.slice(14, 26)) await country.activate(one);
  await world.move('2022-02-07T12:00:00.000Z');
  // Few change between two editions, then many at once.
  for (const one of lozere.slice(26, 29)) await country.object(one);
  await world.move('2022-02-14T12:00:00.000Z');
  await country.wave('gard', ['30']);
  await world.move('2022-02-21T12:00:00.000Z');
  await world.move('2022-03-21T12:00:00.000Z');
}, 240_000);

afterAll(async () => {
  await world?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const pathOf = ({ situation, department, wave, cohort, channel }: PublishedCell): string =>
  Object.entries({ situation, department, wave, cohort, channel })
    .filter(([, name]) => name !== undefined)
    .reduce((path, [dimension, name]) => `${path}/${dimension}:${name}`, 'all');

const inhabited = ['48', '12', '30', '66', '1900', '1940', '1960', '1980', 'mail', 'letter'];
/** Whether anybody can be in a cell: that nobody is in the others, an attacker may know. */
const isInhabited = (path: string) => {
  const [, name] = /(?:department|cohort|channel):([^/]+)/.exec(path) ?? [];
  return name === undefined || inhabited.includes(name);
};

const names = (dimension: string, own: readonly string[]) => (path: string) =>
  own.map((name) => `${path}/${dimension}:${name}`);
/** All cells that there are, whatever was told of them. */
function wholeShape(): Shape {
  const situations = ['not-informed', 'waiting', 'opposed', 'open', 'activated', 'closed'].map(
    (name) => `all/situation:${name}`,
  );
  const departments = names('department', inhabited.slice(0, 4));
  const waves: Readonly<Record<string, string>> = { '30': 'gard' };
  const below = situations.flatMap((path) => [
    departments(path),
    names('cohort', inhabited.slice(4, 8))(path),
    names('channel', inhabited.slice(8))(path),
    ...departments(path).map((own) =>
      names('wave', ['none', waves[own.slice(-2)] ?? 'occitanie'])(own),
    ),
  ]);
  const divisions = new Map(
    [situations, ...below].map((cells) => [divisionOf(cells[0] ?? ''), cells] as const),
  );
  return { paths: ['all', ...[...divisions.values()].flat()], divisions };
}

describe('published statistics', () => {
  test('there is an edition for each week, caught up where its Monday had nothing to tell', async () => {
    expect(await country.editions()).toEqual([
      ...['2022-03-21', '2022-03-14', '2022-03-07', '2022-02-28', '2022-02-21'],
      ...['2022-02-14', '2022-02-07', '2022-01-31'],
    ]);
    const [first, latest] = [await country.published('2022-01-31'), await country.published()];
    expect(latest.edition).toBe('2022-03-21');
    const all = (cells: readonly PublishedCell[]) =>
      cells.find(({ situation }) => situation === undefined);
    expect(all(first.cells)).toEqual({ count: 121, asOf: '2022-01-31' });
    expect(first.explanation.join(' ')).toContain('moins de onze personnes');
  });

  test('whoever takes all editions and all days together learns of no one to ten people', async () => {
    const moments: { id: string; told: ReadonlyMap<string, number> }[] = [];
    let shown = 0;
    let told = 0;
    for (const name of (await country.editions()).toReversed()) {
      const { edition, cells, days } = await country.published(name);
      const own = new Map<string, number>();
      for (const cell of cells)
        if (cell.count !== null && cell.asOf === edition && isInhabited(pathOf(cell)))
          own.set(pathOf(cell), cell.count);
      shown += own.size;
      moments.push({ id: edition, told: own }, ...days.slice(told).map(toldByPeriod));
      told = days.length;
    }
    expect(attack(wholeShape(), moments)).toEqual([]);
    expect(shown).toBeGreaterThan(20);
    expect(told).toBeGreaterThan(1);
  });

  test('what is told is exact; who is few is in no number', async () => {
    const { cells, edition } = await country.published();
    const { waves } = EnrolmentStatistics.parse(await country.agent(''));
    const exact = (state: 'open' | 'opposed' | 'activated') =>
      waves
        .flatMap(({ departments }) => departments)
        .reduce((sum, { status }) => sum + status[state], 0);
    expect([exact('open'), exact('opposed'), exact('activated')]).toEqual([47, 20, 12]);
    const told = (path: string) => {
      const cell = cells.find((one) => pathOf(one) === path);
      return cell?.asOf === edition ? cell.count : undefined;
    };
    for (const state of ['open', 'opposed', 'activated'] as const)
      expect([undefined, exact(state)]).toContain(told(`all/situation:${state}`));
    expect(cells.filter(({ count }) => count !== null && count < 11 && count !== 0)).toEqual([]);
    const few = cells.filter(({ department }) => department === '66');
    expect(few.filter(({ count }) => count !== null)).toEqual([]);
  });

  test('the table says the same as the JSON, may be kept by caches, and needs no token', async () => {
    const { cells, days } = await country.published();
    const table = await world.request({ path: '/statistics/published.csv' });
    expect(table.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    });
    const lines = table.text.split('\r\n');
    expect(lines).toHaveLength(cells.length + 2);
    expect(lines[0]).toContain('situation;département;vague;');
    const counts = lines.slice(1, -1).map((line) => line.split(';')[5]);
    expect(counts).toEqual(cells.map(({ count }) => (count === null ? '' : String(count))));
    const series = await world.request({ path: '/statistics/published.csv?table=days' });
    expect(series.text.split('\r\n')).toHaveLength(days.length + 2);
    const kept = await world.request({ path: '/statistics/published?edition=2022-02-07' });
    expect(kept.headers['cache-control']).toContain('immutable');
    const none = await world.request({ path: '/statistics/published?edition=2022-02-08' });
    expect([none.status, none.body]).toEqual([
      404,
      expect.objectContaining({ code: 'statistics/no-edition' }),
    ]);
    const page = await world.request({ path: '/statistics/published/editions?limit=3' });
    const { next } = z.object({ next: z.string() }).parse(page.body);
    const rest = await world.request({ path: `/statistics/published/editions?cursor=${next}` });
    expect(rest.body).toMatchObject({ editions: [{ edition: '2022-02-28' }, {}, {}, {}, {}] });
  });
});

describe('an edition', () => {
  test('is frozen: asked again, or at once, it stands as it was', async () => {
    const before = await country.published('2022-03-21');
    await country.import(people('48', 30));
    expect(await Promise.all([publish(), publish(), publish()])).toEqual([
      ...['stands', 'stands', 'stands'],
    ]);
    expect((await country.published('2022-03-21')).text).toBe(before.text);
  });

  test('is published once although its function is killed, its answer lost, or its write refused', async () => {
    const action = 'dynamodb:TransactWriteItems';
    for (const [kind, next] of [
      ['kill', '2022-03-29T12:00:00.000Z'],
      ['lost-ack', '2022-04-05T12:00:00.000Z'],
      ['throttle', '2022-04-12T12:00:00.000Z'],
    ] as const) {
      const before = await country.editions();
      await world.plant({ caller: 'statistics-clock', action, kind, nth: 1 });
      await world.move(next);
      expect((await world.faults()).map(({ fired }) => fired)).toEqual([1]);
      await world.clearFaults();
      const after = await country.editions();
      expect(after.slice(1)).toEqual(before);
      const { cells } = await country.published(after[0]);
      expect(cells.length).toBeGreaterThan(6);
    }
  });
});

describe('the counters behind it', () => {
  test('agree with each other, and with all that is kept, although batches came twice and functions died', async () => {
    const action = 'dynamodb:TransactWriteItems';
    for (const kind of ['lost-ack', 'kill', 'conflict'] as const)
      await world.plant({ caller: 'statistics-stream', action, kind, nth: 1 });
    await country.import(people('2A', 25, { decade: '1930' }));
    await world.move('+1h');
    await world.clearFaults();
    const { result } = await world.invoke('statistics-clock', { job: 'reconcile' });
    expect(result).toEqual({ outcome: 'agree' });
    const recount = spawnSync(
      process.execPath,
      ['infra/local/recount/run.ts', '--folder', folder, '--json'],
      { encoding: 'utf8' },
    );
    expect(recount.stdout).toContain('"differences": []');
    const groups = await country.agent('/groups?by=cohort');
    expect(JSON.stringify(groups)).toContain('{"name":"1930","status":{"known":25,');
  });

  test('are not published while one of them is wrong, and the night tells of it', async () => {
    const client = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));
    const change = (by: number) =>
      client.send(
        new UpdateCommand({
          TableName: world.physical('STATISTICS_TABLE'),
          Key: { pk: 'CHANNEL', sk: 'mail#planted' },
          UpdateExpression: 'SET lastAt = :at ADD #open :by',
          ExpressionAttributeNames: { '#open': 'status.open' },
          ExpressionAttributeValues: { ':at': '2022-01-31T00:00:00.000Z', ':by': by },
        }),
      );
    const before = await country.editions();
    await change(1);
    await world.move('2022-04-19T12:00:00.000Z');
    expect(await publish()).toBe('disagreeing');
    const { result } = await world.invoke('statistics-clock', { job: 'reconcile' });
    expect(result).toEqual({ outcome: 'differ' });
    expect(await country.editions()).toEqual(before);
    await change(-1);
    await world.move('2022-04-20T12:00:00.000Z');
    expect(await country.editions()).toEqual(['2022-04-18', ...before]);
  });
});
