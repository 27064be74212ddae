import '../races/in-process.ts';
import { describe, expect, test } from 'vitest';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { standing } from '../races/standing.ts';
import { codeOf, dropPeople, oppose, sendWave, signIn, someone, world } from '../town.ts';
import { batchesOf, lettersOf, Problem, printed, reportPosting } from './shop.ts';

const department = '72';

const holderOf = async ({ nir }: InsuredRow) =>
  (await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '';
const stands = async (person: InsuredRow) => standing(await holderOf(person));

const mailed = someone(department, { birthName: 'PERDU' });
const early = someone(department, { birthName: 'PRESSE', email: '' });
const helped = someone(department, { birthName: 'AIDE' });

const byWeb = ({ nir, cardSerial, birthDate }: InsuredRow, from: string) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/codes', from },
    body: { nir, cardSerial, birthDate, by: 'letter' },
  });

const byAgent = async (person: InsuredRow, change: object = {}, who = 'conseiller') =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/agent-codes', token: await signIn(who) },
    body: {
      ...{ nir: person.nir, birthDate: person.birthDate, channel: 'phone' },
      ...{ checks: ['name', 'birth-date', 'address'], ...change },
    },
  });

const lastLetters = async () => {
  const { batch = '' } = (await batchesOf(department)).at(-1) ?? {};
  return { batch, letters: await lettersOf(batch) };
};

const codeFor = (letters: Awaited<ReturnType<typeof lettersOf>>, { birthName }: InsuredRow) => {
  const letter = letters.find(({ text }) => text.includes(`MME ODETTE ${birthName}`));
  if (!letter) throw new Error(`no letter to ${birthName}`);
  return letter;
};

describe('ENR-12: a letter with a new code, for whom none came', () => {
  let old = '';

  test('by the web the answer is the same for somebody and nobody', async () => {
    await dropPeople([mailed, early, helped]);
    await sendWave('wave-72', [department]);
    await world.idle();
    await world.move('+10m');
    old = await codeOf(mailed);
    const [somebody, nobody] = [
      await byWeb(mailed, '127.72.0.1'),
      await byWeb(someone('01'), '127.72.0.2'),
    ];
    expect([somebody.status, somebody.text]).toEqual([nobody.status, nobody.text]);
    expect(somebody.status).toBe(202);
    await world.idle();
    // Nothing was mailed for it.
    expect(await codeOf(mailed)).toBe(old);
    expect((await stands(mailed)).told.at(-1)).toBe('request-letter');
    await byWeb(mailed, '127.72.0.3');
    expect((await stands(mailed)).told.at(-1)).toBe('request-letter refused letter-under-way');
  });

  test('an agent asks for it by phone, after his checks; his name stands in the journal', async () => {
    const code = async (answer: ReturnType<typeof byAgent>) =>
      Problem.parse((await answer).body).code;
    expect(await code(byAgent(helped, { checks: ['name'] }))).toBe('enrolment/checks-missing');
    expect(await code(byAgent(helped, {}, 'imprimerie'))).toBe('enrolment/role-required');
    // Who answers the phone cannot say that somebody stood at a desk.
    const atDesk = { channel: 'desk', checks: ['identity-paper'] };
    expect(await code(byAgent(helped, atDesk))).toBe('enrolment/role-required');
    expect(await code(byAgent(someone('01')))).toBe('enrolment/unknown-person');
    expect(await code(byAgent(helped, { birthDate: '1985-05-13' }))).toBe(
      'enrolment/unknown-person',
    );
    expect(await code(byAgent(helped, { cardSerial: '11111111' }))).toBe('enrolment/card-mismatch');
    expect((await byAgent(helped)).status).toBe(202);
    expect(await code(byAgent(helped))).toBe('enrolment/letter-under-way');
    const { told, lines } = await stands(helped);
    expect(told.slice(-2)).toEqual(['request-letter', 'request-letter refused letter-under-way']);
    expect(lines.at(-2)).toMatchObject({ channel: 'phone', actor: { role: 'adviser-3422' } });
  });

  test('the earlier code is good until the new one is posted, and no longer', async () => {
    await printed(department);
    const { batch, letters } = await lastLetters();
    expect(letters).toHaveLength(3);
    const { text, code } = codeFor(letters, mailed);
    expect(text).toContain('Votre nouveau code provisoire');
    expect(codeFor(letters, early).text).toContain('va être ouvert pour vous');
    const before = await stands(mailed);
    await reportPosting(batch, { postedOn: parisDay(Date.parse(await world.now())) });
    await world.idle();
    const { status, told } = await stands(mailed);
    expect(told.at(-1)).toBe('renew-code');
    // His deadline goes on as it was told.
    if (before.status.status !== 'invited') throw new Error(before.status.status);
    expect(status).toMatchObject({
      ...{ status: 'invited', deadlineAt: before.status.deadlineAt },
      informedAt: before.status.informedAt,
    });
    expect((await oppose(mailed, { code: old, from: '127.72.1.1' })).status).toBe(403);
    expect((await oppose(mailed, { code, from: '127.72.1.2' })).status).toBe(201);
  });

  test('the earlier code still objects while the letter with the next one is being printed', async () => {
    const { code } = codeFor((await lastLetters()).letters, helped);
    await world.move('+1m');
    expect((await byAgent(helped)).status).toBe(202);
    await printed(department);
    const { letters } = await lastLetters();
    const next = codeFor(letters, helped).code;
    expect(next).not.toBe(code);
    expect((await oppose(helped, { code: next, from: '127.72.1.3' })).status).toBe(403);
    expect((await oppose(helped, { code, from: '127.72.1.4' })).status).toBe(201);
  });
});
