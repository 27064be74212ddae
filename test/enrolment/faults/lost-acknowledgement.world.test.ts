import '../races/in-process.ts';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { HeadObjectCommand } from '@aws-sdk/client-s3';
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { handler as intake } from '#functions/enrolment/handler-intake.ts';
import { beginImport } from '#functions/enrolment/import-file.ts';
import { loadImport } from '#functions/enrolment/import-store.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { finishWork, takeWork } from '#functions/enrolment/work-store.ts';
import { EnrolmentStatistics } from '#functions/statistics/schema.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { outOfTime } from '#test/support/out-of-time.ts';
import { world } from '../races/in-process.ts';
import { standing } from '../races/standing.ts';
import { codesOf, dropPeople, journalOf, signIn, someone } from '../town.ts';
import { kinds, put } from './kinds.ts';
import { type Played, play } from './scenario.ts';
import { ownActs, ownTests, permissionsOf, writes } from './writes.ts';

const wave = 'lost-acknowledgements';
const departments = ['21', '22'] as const;
/** A message that comes twice harms nobody: a worker at the end of its time hands over by one, an order by many. */
const handovers = [
  ...['enrolment-intake', 'enrolment-sending', 'enrolment-opening', 'enrolment-campaign'],
].map((id) => `${id} sqs:SendMessage`);

let played: Played;
let fired: { caller: string; action: string; contains: string; fired: number }[] = [];

beforeAll(async () => {
  // A day on which nobody has noted a deadline yet.
  await world.move('+1d');
  for (const [caller, action, contains] of kinds)
    await world.plant({
      caller,
      action,
      kind: 'lost-ack',
      ...(contains ? { if: { contains } } : {}),
    });
  played = await play(wave, departments, { activates: true });
  fired = (await world.faults()).map((one, at) => {
    const [caller = '', action = '', contains = ''] = kinds[at] ?? [];
    return { caller, action, contains, fired: one.fired };
  });
  await world.clearFaults();
}, 180_000);

afterAll(async () => {
  await world.clearFaults();
  await world.idle();
});

/** A second import of a file that was imported, of which no worker is told. */
async function begunAgain(file: string): Promise<string> {
  const Key = { Bucket: world.physical('INTAKE_BUCKET'), Key: file };
  const { ETag = '', ContentLength = 0 } = await s3.send(new HeadObjectCommand(Key));
  const etag = ETag.replaceAll('"', '');
  const again = { file, etag, version: 'again', sizeBytes: ContentLength };
  return beginImport(again, Date.parse(await world.now()));
}

/** The person behind a row. */
async function standingOf({ nir }: { nir: string }) {
  const found = await findByNir(nirTag(await secretMade('lookup'), nir));
  return standing(found?.holder ?? '');
}

describe('an acknowledgement lost after the write was applied', () => {
  test('was lost for each kind of write', () => {
    expect(fired.filter((one) => one.fired !== 1)).toEqual([]);
  });

  test('no function may write what is not among the kinds', async () => {
    const uncovered = (await world.permissions())
      .filter(({ permission }) => writes.test(permission))
      .filter(({ function: id }) => !ownTests.test(id))
      .filter(
        ({ function: id, permission }) =>
          !handovers.includes(`${id} ${permission.split(' ')[0]}`) &&
          !fired.some(
            ({ caller, action }) => caller === id && permissionsOf[action]?.test(permission),
          ),
      );
    expect(uncovered).toEqual([]);
  });

  test('no action of the journal and no single put stands in the code without being among them', () => {
    const files = execFileSync('git', ['ls-files', 'functions/enrolment'], { encoding: 'utf8' })
      .split('\n')
      .filter((file) => file.endsWith('.ts'));
    const text = files.map((file) => readFileSync(file, 'utf8')).join('\n');
    const acts = /(?:action: |begin = |complete = |tell\()'(enrolment\/[a-z-]+)'/g;
    const actions = new Set([...text.matchAll(acts)].map(([, action]) => action));
    const covered = [...kinds.map(([, , contains]) => contains?.replaceAll('"', ''))];
    // An objection is told apart by what it leads to.
    const others = [...actions].filter((one) => !ownActs.test(one ?? ''));
    expect(others.filter((one) => !covered.includes(one))).toEqual(['enrolment/oppose']);
    const putters = files.filter((file) =>
      /new (Put|Update|Delete|BatchWrite)Command\(/.test(readFileSync(file, 'utf8')),
    );
    expect(putters.map((file) => file.replace(/.*\//, '')).sort()).toEqual([
      'activation-store.ts',
      'deadline-store.ts',
      // Repeated, both do the same again: what leads nowhere any more, and what stands for nobody.
      ...['forgotten.ts', 'ghost-store.ts'],
      'next-code.ts',
      'on-burn-code.ts',
      'work-store.ts',
    ]);
  });

  test('a success is told all the same', () => {
    const { planned, objected, again, nobody, asked } = played.answers;
    expect([planned, objected, again, nobody, asked]).toEqual([200, 201, 409, 403, 202]);
    expect(played.imports).toMatchObject([
      { lines: 6, imported: 5, updated: 0, unchanged: 0, errors: 1, state: 'done' },
      { lines: 2, imported: 0, updated: 1, unchanged: 1, errors: 0, state: 'done' },
      { lines: 2, imported: 0, updated: 2, unchanged: 0, errors: 0, state: 'done' },
    ]);
  });

  test('each act has one effect and one line', async () => {
    const { objecting, burnt, waiting, moved } = played.people;
    const known = ['import-insured'];
    expect((await standingOf(objecting)).told).toEqual([
      ...known,
      ...['send-invitation', 'oppose', 'oppose refused code-used'],
    ]);
    expect((await standingOf(burnt)).told).toEqual([
      ...[...known, 'send-invitation', ...Array(9).fill('oppose refused wrong-code')],
      ...['burn-code', 'request-code', 'renew-code'],
    ]);
    expect((await standingOf(waiting)).told).toEqual([
      ...[...known, 'update-insured', 'send-invitation', 'begin-activation', 'activate'],
      ...['request-code', 'renew-code', 'begin-activation', 'relink'],
      ...['close', 'request-deletion', 'reopen'],
    ]);
    expect((await standingOf(moved)).told).toEqual([
      ...[...known, 'regroup-insured', 'update-insured', 'oppose'],
    ]);
    for (const { holder } of played.due)
      expect((await standing(holder)).told.slice(2)).toEqual(['open']);
    expect((await standingOf(burnt)).code?.current?.failures).toBe(0);
    const untold = ['burn-code', 'tell-burnt-code refused undeliverable'];
    expect((await standing(played.unreachable)).told.slice(-2)).toEqual(untold);
  });

  test('a mail may come twice, with the same code, never not at all', async () => {
    const sent: [InsuredRow, number][] = [
      [played.people.objecting, 1],
      [played.people.waiting, 2],
    ];
    for (const [person, different] of sent) {
      const codes = await codesOf(person);
      expect(new Set(codes).size).toBe(different);
      expect(codes.length).toBeLessThanOrEqual(2 * different);
    }
    const mails = await world.mails({ to: played.people.burnt.email });
    const subjects = new Set(mails.map(({ subject }) => subject));
    expect(subjects.size).toBe(3);
    expect(mails.length).toBeLessThanOrEqual(6);
    expect(new Set(await codesOf(played.people.burnt)).size).toBe(2);
  });

  test('the counters count each line once', async () => {
    await world.idle();
    const token = await signIn('campagne');
    const { body } = await world.request({ path: '/statistics/enrolment', token });
    const [home] = departments;
    const told: Record<string, number> = {};
    for (const { departments: counted } of EnrolmentStatistics.parse(body).waves)
      for (const { department, acts } of counted)
        if (department === home)
          for (const [act, count] of Object.entries(acts)) told[act] = (told[act] ?? 0) + count;
    const lines = [...(await journalOf(home)).values()].flat();
    const done = (action: string) =>
      lines.filter((one) => one.action === `enrolment/${action}` && one.outcome === 'done').length;
    expect(told).toMatchObject({
      imported: done('import-insured'),
      updated: done('update-insured'),
      invited: done('send-invitation'),
      deferred: done('defer-to-letter'),
      opposed: done('oppose'),
      opened: done('open'),
      frozen: done('burn-code'),
      renewed: done('renew-code'),
    });
    expect(told).toMatchObject({ opposed: 2, opened: 3, frozen: 2, deferred: 1 });
  });

  test('a worker knows a lease of which he was not told, and its renewal and its end', async () => {
    const work = { kind: 'OPENING', of: 'lost-acknowledgements', part: '0' } as const;
    const now = Date.parse('2022-01-31T00:00:00Z');
    const here = { caller: 'operator', action: put, if: { contains: '"WORK#' } };
    await world.plant({ ...here, kind: 'lost-ack' });
    expect(await takeWork(work, 'mine', now)).toBe(true);
    await world.plant({ ...here, kind: 'lost-ack' });
    expect(await takeWork(work, 'mine', now + 1)).toBe(true);
    expect(await takeWork(work, 'yours', now + 2)).toBe(false);
    await world.plant({ ...here, kind: 'lost-ack' });
    expect(await finishWork(work, 'mine', now + 3)).toBe(true);
    expect(await takeWork(work, 'yours', now + 3_600_000)).toBe(false);
    expect((await world.faults()).map((one) => one.fired)).toEqual([1, 1, 1]);
    await world.clearFaults();
  });

  test('a worker whose time is over hands over once and for all, though nobody tells him', async () => {
    const people = Array.from({ length: 100 }, () => someone(departments[0]));
    const id = await begunAgain((await dropPeople(people)).file);
    const here = { caller: 'operator', action: 'sqs:SendMessage' };
    await world.plant({ ...here, kind: 'lost-ack' });
    const records = { Records: [{ messageId: '1', body: JSON.stringify({ import: id }) }] };
    expect(await intake(records, outOfTime)).toEqual({ batchItemFailures: [] });
    expect((await world.faults()).map((one) => one.fired)).toEqual([1]);
    await world.clearFaults();
    await world.idle();
    const told = await loadImport(id);
    expect(told).toMatchObject({ state: 'done', lines: 100, unchanged: 100 });
  });

  test('a secret whose making was not heard of is the one that is used', async () => {
    const TableName = world.physical('ENROLMENT_TABLE');
    const Key = { pk: 'SECRET#pepper', sk: '1' };
    const { Item } = await dynamo.send(new GetCommand({ TableName, Key, ConsistentRead: true }));
    await dynamo.send(new DeleteCommand({ TableName, Key }));
    try {
      const here = { caller: 'operator', action: put, if: { contains: 'SECRET#' } };
      await world.plant({ ...here, kind: 'lost-ack' });
      vi.resetModules();
      const fresh = await import('#shared/record/secrets.ts');
      const made = await fresh.secretMade('pepper');
      expect((await world.faults()).map((one) => one.fired)).toEqual([1]);
      vi.resetModules();
      const other = await import('#shared/record/secrets.ts');
      expect((await other.theSecret('pepper')).equals(made)).toBe(true);
    } finally {
      await world.clearFaults();
      await dynamo.send(new PutCommand({ TableName, Item }));
    }
  });
});
