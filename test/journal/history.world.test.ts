import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { History } from '#functions/journal/schema.ts';
import { codeOf } from '#test/support/code-of.ts';
import { asks, type Holder, linked, world } from './record.ts';

afterEach(() => world.clearFaults());

const minute = (at: number): string => `2022-01-1${Math.floor(at / 10)}T1${at % 10}:00:00.000Z`;

/** Lines over several lanes, of which two may not be seen; the last told is the newest. */
const told = [
  { at: minute(0), action: 'enrolment/import-insured', actor: { kind: 'system', id: 'import' } },
  { at: minute(1), action: 'enrolment/send-invitation', actor: { kind: 'system', id: 'sending' } },
  { at: minute(2), lane: 1 },
  {
    at: minute(3),
    lane: 8,
    actor: { kind: 'holder', id: 'h' },
    action: 'documents/search-documents',
  },
  { at: minute(4), lane: 1, visible: 'operator' },
  { at: minute(5), lane: 9 },
  { at: minute(6), lane: 1, mode: 'break-glass' },
  { at: minute(7), lane: 8, outcome: 'refused' },
  { at: minute(8), action: 'enrolment/update-insured', actor: { kind: 'system', id: 'import' } },
] as const;
const shown = [8, 7, 6, 3, 2, 1, 0].map(minute);

let one: Holder;
beforeAll(async () => {
  one = await linked(told);
});

const page = async (holder: Holder, query = '') => {
  const { status, body, text } = await asks(holder, `/journal/history${query}`);
  expect(status, text).toBe(200);
  return History.parse(body);
};
const datesOf = ({ entries }: z.infer<typeof History>) =>
  entries.map(({ actionDate }) => actionDate);

describe('ACC-53: the history that a holder reads', () => {
  test('tells what was done in all his lanes, newest first, and nothing that he may not see', async () => {
    const history = await page(one);
    expect(datesOf(history)).toEqual(shown);
    expect(history.next).toBeUndefined();
    expect(history.entries[1]).toMatchObject({
      actorType: 'HEALTHCARE_PROFESSIONAL',
      actorDisplayName: 'Docteur Hélène Inventée',
      actionDescription: 'Tentative refusée : consultation d’un document',
      outcome: 'refused',
      mode: 'normal',
    });
    expect(history.entries[2]).toMatchObject({ mode: 'break-glass' });
    expect(history.entries[3]).toMatchObject({ actorType: 'PATIENT', actorDisplayName: 'Vous' });
    expect(history.entries[6]).toMatchObject({ actorType: 'ENROLMENT', group: 'GENERAL' });
  });

  test('is the same before and after it was read: reading it leaves no line', async () => {
    expect(await page(one)).toEqual(await page(one));
  });

  test('comes in pages that hold each line once, though lines are written meanwhile', async () => {
    const fresh = await linked(told);
    const dates: string[] = [];
    let query = '?limit=2';
    for (let pages = 0; pages < 9; pages++) {
      const { next, ...history } = await page(fresh, query);
      dates.push(...datesOf(history));
      if (pages === 1) await asks(fresh, '/journal/history/export');
      if (next === undefined) break;
      query = `?limit=2&cursor=${next}`;
    }
    expect(dates).toEqual(shown);
  });

  test('of more lines than one look at a lane takes is whole', async () => {
    const at = (n: number) => new Date(Date.UTC(2022, 0, 1, 0, n)).toISOString();
    const many = Array.from({ length: 130 }, (_, n) => ({ at: at(n), lane: n % 3 === 0 ? 2 : 0 }));
    const busy = await linked(many);
    const first = await page(busy);
    const second = await page(busy, `?cursor=${first.next}`);
    expect([first.entries.length, second.entries.length]).toEqual([100, 30]);
    expect([...datesOf(first), ...datesOf(second)]).toEqual(many.map((told) => told.at).reverse());
    expect(second.next).toBeUndefined();
  });

  test('can be asked for by group, and nothing has no second page', async () => {
    expect(datesOf(await page(one, '?group=MEDICAL_DOCUMENT'))).toEqual([7, 6, 3, 2].map(minute));
    expect(datesOf(await page(one, '?group=GENERAL'))).toEqual([8, 1, 0].map(minute));
    expect(await page(one, '?group=SERVICE_TIERS')).toEqual({ entries: [] });
  });

  test('can be asked for by days in Paris, both sides of midnight', async () => {
    const midnight = await linked([
      { at: '2022-02-06T22:59:59.999Z' },
      { at: '2022-02-06T23:00:00.000Z', lane: 4 },
      { at: '2022-02-07T22:59:59.999Z' },
      { at: '2022-02-07T23:00:00.000Z', lane: 4 },
    ]);
    expect(datesOf(await page(midnight, '?from=2022-02-07&until=2022-02-07'))).toEqual([
      '2022-02-07T22:59:59.999Z',
      '2022-02-06T23:00:00.000Z',
    ]);
    expect(datesOf(await page(midnight, '?until=2022-02-06'))).toEqual([
      '2022-02-06T22:59:59.999Z',
    ]);
    expect(datesOf(await page(midnight, '?from=2022-02-08'))).toEqual(['2022-02-07T23:00:00.000Z']);
    expect(await page(midnight, '?from=2022-02-09')).toEqual({ entries: [] });
  });

  test('finds what was written behind a later line, since it was received before', async () => {
    const crossed = await linked([
      { at: '2022-02-08T10:00:00.000Z' },
      { at: '2022-02-07T21:00:00.000Z' },
      { at: '2022-02-08T11:00:00.000Z' },
    ]);
    expect(datesOf(await page(crossed, '?from=2022-02-08'))).toEqual([
      '2022-02-08T11:00:00.000Z',
      '2022-02-08T10:00:00.000Z',
    ]);
  });

  test.each(['limit=0', 'limit=101', 'from=2022-02-30', 'group=ALL', 'who=me', 'limit=1&limit=2'])(
    'is refused for %s',
    async (query) => {
      expect((await asks(one, `/journal/history?${query}`)).status).toBe(400);
    },
  );
});

describe('a cursor', () => {
  const firstPage = async () => (await page(one, '?limit=2')).next ?? '';
  const bad = { status: 400, code: 'journal/bad-cursor' };

  test('of another holder, of another list or of another query is refused', async () => {
    const next = await firstPage();
    const other = await linked(told);
    for (const [holder, path] of [
      [other, `/journal/history?cursor=${next}`],
      [one, `/journal/history?cursor=${next}&group=GENERAL`],
      [one, `/journal/history?cursor=${next}&from=2022-01-01`],
      [one, `/journal/history/export?cursor=${next}`],
    ] as const)
      expect((await asks(holder, path)).body, path).toMatchObject(bad);
    const outcome = await asks(one, `/fhir/AuditEvent?cursor=${next}`);
    expect(outcome.status).toBe(400);
    expect(outcome.body).toMatchObject({
      resourceType: 'OperationOutcome',
      issue: [{ details: { coding: [{ code: 'journal/bad-cursor' }] } }],
    });
  });

  test('that somebody changed or made is refused', async () => {
    const next = await firstPage();
    const [payload = '', mac = ''] = next.split('.');
    const place: unknown[] = JSON.parse(Buffer.from(payload, 'base64url').toString());
    const later = Buffer.from(JSON.stringify([Number(place[0]) + 1, place[1]])).toString(
      'base64url',
    );
    for (const forged of [
      `${later}.${mac}`,
      payload,
      `${next}.x`,
      `${payload}.`,
      'x',
      '.',
      `a${next}`,
    ])
      expect((await asks(one, `/journal/history?cursor=${forged}`)).body, forged).toMatchObject(
        bad,
      );
  });

  test('is good for a day', async () => {
    const next = await firstPage();
    await world.move('+23h');
    expect((await page(one, `?limit=2&cursor=${next}`)).entries).toHaveLength(2);
    await world.move('+61m');
    expect((await asks(one, `/journal/history?cursor=${next}`)).body).toMatchObject(bad);
  });
});

describe('the history as FHIR AuditEvents', () => {
  const Bundle = z.looseObject({
    resourceType: z.literal('Bundle'),
    link: z.array(z.object({ relation: z.string(), url: z.string() })).optional(),
    entry: z
      .array(z.looseObject({ resource: z.looseObject({ recorded: z.string() }) }))
      .default([]),
  });
  const search = async (query: string) => {
    const { status, body, headers, text } = await asks(one, `/fhir/AuditEvent${query}`);
    expect(status, text).toBe(200);
    expect(headers['content-type']).toContain('application/fhir+json');
    const { entry, link } = Bundle.parse(body);
    return { dates: entry.map(({ resource }) => resource.recorded), next: link?.[0]?.url };
  };

  test('tells the same lines, page by page', async () => {
    expect((await search('')).dates).toEqual(shown);
    const first = await search('?_count=4&_format=json');
    expect(first.dates).toEqual(shown.slice(0, 4));
    const second = await search((first.next ?? '').replace('AuditEvent', ''));
    expect(second).toEqual({ dates: shown.slice(4), next: undefined });
  });

  test('can be asked for by date, given once or twice', async () => {
    expect((await search('?date=2022-01-10')).dates).toEqual(shown);
    expect((await search('?date=lt2022-01-10')).dates).toEqual([]);
    const two = `date=ge${minute(2)}&date=lt${minute(7)}`;
    expect((await search(`?${two}`)).dates).toEqual([6, 3, 2].map(minute));
    const first = await search(`?${two}&_count=2`);
    expect((await search((first.next ?? '').replace('AuditEvent', ''))).dates).toEqual([minute(2)]);
  });

  test.each(['date=2022-02-30', 'date=soon', 'date=1&date=2&date=3', 'patient=1', '_count=1000'])(
    'is refused for %s',
    async (query) => {
      expect((await asks(one, `/fhir/AuditEvent?${query}`)).status).toBe(400);
    },
  );
});

describe('who is not let in', () => {
  const paths = [
    '/journal/history',
    '/journal/history/export',
    '/journal/verification',
    '/fhir/AuditEvent',
  ];
  test.each(paths)('a citizen whose account is linked to no record: %s', async (path) => {
    const token = await world.token('camille', { subject: 'linked-to-nobody' });
    const { status, body } = await world.request({ path, token });
    expect(status).toBe(403);
    expect(codeOf(body)).toBe('access/not-linked');
  });

  test.each(paths)('a holder whose record is closed: %s', async (path) => {
    const closed = await linked(told, { status: 'closed' });
    expect(codeOf((await asks(closed, path)).body)).toBe('access/record-closed');
  });

  test.each(paths)('professionals, agents, establishments, and nobody at all: %s', async (path) => {
    for (const person of ['docteur', 'conseiller', 'laboratoire']) {
      const { status, body } = await world.request({ path, token: await world.token(person) });
      expect([status, codeOf(body)], person).toEqual([403, 'request/not-allowed']);
    }
    expect((await world.request({ path })).status).toBe(401);
  });

  test.each(['throttle', 'reset'] as const)('anybody while AWS fails: %s', async (kind) => {
    const token = await one.token();
    await world.plant({ caller: 'journal-api', kind, times: 5000 });
    for (const path of paths) {
      const { status, body } = await world.request({ path, token });
      expect([status, codeOf(body)], path).toEqual([503, 'request/try-again']);
    }
    await world.clearFaults();
    expect(datesOf(await page(one))).toEqual(shown);
  });
});
