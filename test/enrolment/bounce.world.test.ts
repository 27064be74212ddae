import './races/in-process.ts';
import { describe, expect, test } from 'vitest';
import { openShard } from '#functions/enrolment/open-shard.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { newId } from '#shared/random.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { standing } from './races/standing.ts';
import { codeOf, dropPeople, oppose, sendWave, someone, world } from './town.ts';

const department = '62';

const holderOf = async ({ nir }: InsuredRow) =>
  (await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '';

/** A bounce may be faster than the note that its mail was accepted: it comes again after this time. */
async function bounced(): Promise<void> {
  await world.idle();
  await world.move('+10m');
  await world.idle();
}

const ask = ({ nir, cardSerial, birthDate }: InsuredRow) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/codes', from: '127.62.0.1' },
    body: { nir, cardSerial, birthDate },
  });

describe('ENR-1: an invitation whose mail comes back', () => {
  const away = someone(department);
  const person = { ...away, email: `p${away.nir}@bounce.invalid` };
  const reached = someone(department);
  let holder = '';

  test('leaves the person uninformed and to a letter; the journal says so, once', async () => {
    await dropPeople([person, reached]);
    await sendWave('wave-62', [department]);
    await bounced();
    holder = await holderOf(person);
    const { status, lines, told } = await standing(holder);
    expect(status).toMatchObject({
      ...{ status: 'invited', uninformed: 'bounced', informBy: 'letter', wave: 'wave-62' },
    });
    expect(told).toEqual(['import-insured', 'send-invitation', 'note-bounce']);
    expect(lines.at(-1)?.object).toMatchObject({ from: 'invited', to: 'invited' });
    expect((await standing(await holderOf(reached))).status).not.toHaveProperty('uninformed');
    const bodies = [{ invitation: [`${holder}_1`] }, { invitation: [`${newId()}_1`] }];
    const Records = [...bodies, { invitation: ['nobody'] }].map((body, n) => ({
      messageId: `m${n}`,
      body: JSON.stringify(body),
    }));
    const { result } = await world.invoke('enrolment-facts', { Records });
    // What informed a record that is none any more, merged into another, is settled; what names nobody is not.
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: 'm2' }] });
    expect((await standing(holder)).told).toHaveLength(3);
  });

  test('does not open, though the day of the invitation passes', async () => {
    const { status } = await standing(holder);
    if (status.status !== 'invited') throw new Error(status.status);
    const now = Date.parse(status.deadlineAt) + 1;
    for (let shard = 0; shard < 128; shard++)
      await openShard({ deadlineAt: status.deadlineAt, shard, now });
    expect((await standing(holder)).status.status).toBe('invited');
    expect((await standing(await holderOf(reached))).status.status).toBe('open');
  });

  test('gets 42 days of his own with the next code, once an address is known', async () => {
    await ask(person);
    await world.idle();
    expect((await standing(holder)).told.at(-1)).toBe('request-code refused no-address');
    const moved = { ...person, email: `n${person.nir}@example.org` };
    await dropPeople([moved]);
    const asked = await world.now();
    await ask(moved);
    await world.idle();
    const { status } = await standing(holder);
    expect(status).toMatchObject({ status: 'invited', informBy: 'mail' });
    expect(status).not.toHaveProperty('uninformed');
    if (status.status !== 'invited') throw new Error(status.status);
    expect(status.informedAt >= asked).toBe(true);
    const sentAt = Date.parse(status.informedAt);
    const deadline = objectionDeadline({ sentAt, department, days: 42 });
    expect(Date.parse(status.deadlineAt)).toBe(deadline);
    const answer = await oppose(moved, { code: await codeOf(moved), from: '127.62.1.1' });
    expect(answer.status).toBe(201);
  });

  test('so does one that is declared unwanted: a letter informs him', async () => {
    const row = someone('60');
    const other = { ...row, email: `p${row.nir}@plainte.invalid` };
    await dropPeople([other]);
    await sendWave('wave-60', ['60']);
    await bounced();
    const { status, told } = await standing(await holderOf(other));
    expect(status).toMatchObject({ status: 'invited', uninformed: 'bounced', informBy: 'letter' });
    expect(told).toEqual(['import-insured', 'send-invitation', 'note-bounce']);
  });

  test('a code asked for by who was not informed yet informs him no more when its mail comes back', async () => {
    const row = someone(department);
    const other = { ...row, email: `p${row.nir}@bounce.invalid` };
    await dropPeople([other]);
    await ask(other);
    await bounced();
    const { status, told } = await standing(await holderOf(other));
    expect(status).toMatchObject({ status: 'invited', uninformed: 'bounced', informBy: 'letter' });
    expect(told.slice(-2)).toEqual(['renew-code', 'note-bounce']);
  });
});
