import { describe, expect, test } from 'vitest';
import { Counters } from '#functions/enrolment/schema-counters.ts';
import { world } from './town.ts';

const list = (query: string) => world.request({ path: `/enrolment/counters?${query}` });

describe('counters of a département', () => {
  test('are told to everybody, in pages, and may be kept for an hour', async () => {
    const first = await list('department=59&limit=1');
    expect(first.status).toBe(200);
    expect(first.headers['cache-control']).toBe('public, max-age=3600');
    const { counters, next = '' } = Counters.parse(first.body);
    const rest = Counters.parse((await list(`department=59&limit=1&cursor=${next}`)).body);
    expect([...counters, ...rest.counters].map(({ id }) => id)).toEqual([
      '59-lille',
      '59-maubeuge',
    ]);
    expect(rest).not.toHaveProperty('next');
  });

  test('none of a département is an empty list, with the number to call', async () => {
    expect((await list('department=988')).body).toMatchObject({
      counters: [],
      phone: { number: '3422' },
    });
  });

  test('no département, or none there is, is a fault of that field', async () => {
    for (const query of ['', 'department=00', 'department=59&limit=51'])
      expect((await list(query)).status, query).toBe(400);
  });
});
