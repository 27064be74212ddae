import { hash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { refuse } from '#functions/enrolment/rules.ts';
import { Opposed } from '#functions/enrolment/schema-opposed.ts';
import { askCodePage } from '#functions/portal/pages/ask-code.ts';
import { codeAskedPage } from '#functions/portal/pages/code-asked.ts';
import { letterPage } from '#functions/portal/pages/letter.ts';
import { objectedPage } from '#functions/portal/pages/objected.ts';
import { objectionPage } from '#functions/portal/pages/objection.ts';
import { policy } from '#functions/portal/pages/style.ts';
import { adviceFor, ranksOf } from '#functions/portal/rules/advice.ts';
import { readForm } from '#functions/portal/rules/read-form.ts';
import { dayOf } from '#functions/portal/rules/typed.ts';
import { CodeForm, ObjectionForm } from '#functions/portal/schema.ts';
import { longestSender, sender } from '#test/enrolment/papers/sheets.ts';

const key = 'a'.repeat(26);
const empty = ObjectionForm.parse({ key });
const right = {
  key,
  nir: '2 69 05 99 001 001 06',
  cardSerial: '1234 5678 901',
  code: '0000-0000-0000',
};
const evil = `"><script>alert('&')</script>`;
const proof = Opposed.parse({
  about: 'self',
  ...{ reference: 'abcdefghjkmnpqrstvwxyz0123', receivedAt: '2022-02-10T22:59:59.999Z' },
  ...{ madeAt: '2022-02-10T22:59:59.999Z', channel: 'web', status: 'opposed' },
  seal: 's'.repeat(43),
});
const wrongOf = (change: object, whose: 'self' | 'child' = 'self') => {
  const read = readForm(ObjectionForm.parse({ ...right, ...change }), whose);
  return read.ok ? {} : read.wrong;
};
const childs = { birthDate: '5/3/2015', certifies: 'yes' };

const wish = CodeForm.parse({});
const everyFault = {
  ...{ nir: 'un.', cardSerial: 'deux.', birthDate: 'trois.', rank: 'quatre.', by: 'cinq.' },
};

const pages: Record<string, string> = {
  letter: letterPage(sender),
  'letter, longest sender': letterPage(longestSender),
  form: objectionPage({ whose: 'self', form: empty, wrong: {} }, sender),
  'form with faults': objectionPage(
    { whose: 'child', form: empty, wrong: wrongOf({ ...empty }, 'child') },
    sender,
  ),
  'form refused': objectionPage(
    { whose: 'child', form: empty, wrong: {}, refused: 'Non.' },
    sender,
  ),
  'form with a choice': objectionPage(
    { whose: 'child', form: empty, wrong: {}, refused: 'Non.', ranks: ['1', '2'] },
    sender,
  ),
  'form with a way to a new code': objectionPage(
    { whose: 'self', form: empty, wrong: {}, refused: 'Non.', isHelpedByCode: true },
    sender,
  ),
  'form for a code': askCodePage({ whose: 'self', form: wish, wrong: {} }, longestSender),
  'form for a code, with faults': askCodePage(
    { whose: 'child', form: wish, wrong: everyFault },
    sender,
  ),
  'form for a code, refused': askCodePage(
    { whose: 'child', form: { ...wish, by: 'sms' }, wrong: {}, refused: 'Non.' },
    sender,
  ),
  'code asked for by mail': codeAskedPage({ whose: 'self', by: 'mail', apartSeconds: 30 }, sender),
  'code asked for by letter': codeAskedPage(
    { whose: 'child', by: 'letter', apartSeconds: 30 },
    longestSender,
  ),
  'code asked for by SMS': codeAskedPage({ whose: 'child', by: 'sms', apartSeconds: 30 }, sender),
  done: objectedPage({ ...proof, about: 'self' }, sender),
  'done for a child': objectedPage({ ...proof, about: 'child' }, sender),
};
const all = (page: string, pattern: RegExp) =>
  [...page.matchAll(pattern)].map(([, one = '']) => one);

describe.each(Object.entries(pages))('the page: %s', (_name, page) => {
  test('is French, has one heading of the first level, a title and no script', () => {
    expect(page).toMatch(/^<!doctype html>\n<html lang="fr">/);
    expect(all(page, /<h1>([^<]+)<\/h1>/g)).toHaveLength(1);
    expect(page).toMatch(/<title>[^<]{10,}<\/title>/);
    expect(page).not.toMatch(/<script|<img|javascript:|\son\w+=|https?:\/\/|\sstyle=/);
    expect(all(page, /<(h[1-6])>/g).filter((level) => !['h1', 'h2'].includes(level))).toEqual([]);
  });

  test('every line has a label; what describes it is there; no name stands twice', () => {
    const ids = all(page, /\sid="([^"]+)"/g);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = all(page, /<label[^>]* for="([^"]+)"/g);
    const asked = all(page, /<input type="(?:text|radio)" id="([^"]+)"/g);
    expect([...labels].sort()).toEqual([...asked].sort());
    for (const described of all(page, /aria-describedby="([^"]+)"/g))
      for (const id of described.split(' ')) expect(ids).toContain(id);
    for (const target of all(page, /href="#([^"]+)"/g)) expect(asked).toContain(target);
    for (const input of page.match(/<input type="text"[^>]*>/g) ?? [])
      expect(input).toMatch(/autocomplete="off"/);
  });

  test('its style is the one that its policy allows', () => {
    const [style = ''] = all(page, /<style>([^<]*)<\/style>/g);
    expect(policy).toContain(`'sha256-${hash('sha256', style, 'base64')}'`);
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
  });

  test('every open element is closed, in its order', () => {
    const open: string[] = [];
    const empties = new Set(['meta', 'br', 'input']);
    for (const [, end, name = ''] of page.matchAll(/<(\/?)([a-z]\w*)[^>]*>/g)) {
      if (empties.has(name)) continue;
      if (end === '') open.push(name);
      else expect(open.pop()).toBe(name);
    }
    expect(open).toEqual([]);
  });
});

describe('ENR-20, ENR-21: numbers and codes are read as people write them', () => {
  test.each([
    ['strokes', { nir: '2-69-05-99-001-001/06', cardSerial: '1234-5678-901' }],
    ['dots, and a space that does not break', { nir: '2.69.05.99.001.001\u00a006' }],
    ['the long strokes that a telephone makes', { code: '0000–0000—0000' }],
    ['a stroke that does not break, copied from a mail', { code: '0000\u20110000\u20110000' }],
  ])('with %s', (_, change) => {
    expect(wrongOf(change)).toEqual({});
  });

  test('a card number that is too short is told how long one is', () => {
    expect(wrongOf({ cardSerial: '12345' }).cardSerial).toContain('de 8 à 13');
  });
});

describe('ENR-40: the form for objecting', () => {
  test('what was typed stays, but for the code, and is never markup', () => {
    const form = {
      ...empty,
      nir: evil,
      cardSerial: evil,
      birthDate: evil,
      rank: evil,
      code: 'SECRET',
    };
    const page = objectionPage({ whose: 'child', form, wrong: {}, refused: evil }, sender);
    expect(page).not.toContain('<script');
    expect(
      page.split('&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;'),
    ).toHaveLength(6);
    expect(page).not.toContain('SECRET');
  });

  test.each([
    ['numbers as people write them', {}],
    ['a code in small letters without hyphens', { code: 'oooo 0000 0000' }],
  ])('takes %s', (_what, change) => {
    expect(wrongOf(change)).toEqual({});
  });

  test.each([
    ['nir', '', 'écrivez'],
    ['nir', '2 69 05 99 001 001 07', 'n’est pas juste'],
    ['cardSerial', ' ', 'écrivez'],
    ['cardSerial', '12a', 'que des chiffres'],
    ['code', '', 'écrivez'],
    ['code', '0000-0000-0001', 'n’est pas juste'],
  ])('%s «%s» has a sentence of its own', (field, typed, words) => {
    expect(wrongOf({ [field]: typed })).toEqual({ [field]: expect.stringContaining(words) });
  });

  test.each([
    [{ birthDate: '' }, 'birthDate', 'écrivez'],
    [{ birthDate: '31/02/2015' }, 'birthDate', 'n’existe pas'],
    [{ birthDate: '2015' }, 'birthDate', 'n’existe pas'],
    [{ rank: '0' }, 'rank', 'de 1 à 9'],
    [{ rank: 'deux' }, 'rank', 'de 1 à 9'],
    [{ certifies: '' }, 'certifies', 'oui ou par non'],
    [{ certifies: 'maybe' }, 'certifies', 'oui ou par non'],
  ])('ENR-22, ENR-23: of a child, %j is told by its line', (change, field, words) => {
    const wrong = wrongOf({ ...childs, ...change }, 'child');
    expect(wrong).toEqual({ [field]: expect.stringContaining(words) });
  });

  test('ENR-23: nobody says by leaving a question out that he is, or is not, the guardian', () => {
    for (const [certifies, said] of [
      ['yes', true],
      ['no', false],
    ] as const) {
      const form = ObjectionForm.parse({ ...right, ...childs, rank: ' 2 ', certifies });
      expect(readForm(form, 'child')).toMatchObject({
        request: { child: { birthDate: '2015-03-05', rank: 2, certifies: said } },
      });
    }
    expect(readForm(ObjectionForm.parse({ ...right, ...childs }), 'self')).not.toHaveProperty(
      'request.child',
    );
  });

  test.each([
    ['5/3/2015', '2015-03-05'],
    [' 05.03.2015 ', '2015-03-05'],
    ['05 - 03 - 2015', '2015-03-05'],
    ['2015-03-05', '2015-03-05'],
    [' 05032015 ', '2015-03-05'],
    ['5032015', '5032015'],
    ['5/3/15', '5/3/15'],
    ['', ''],
  ])('the day «%s»', (typed, day) => {
    expect(dayOf(typed)).toBe(day);
  });

  test('a refusal says what to do next', () => {
    expect(adviceFor(refuse('code-used'), 0)).toContain('ce refus reste enregistré');
    expect(adviceFor(refuse('deadline-passed'), 0)).toMatch(/clôture à tout moment\.$/);
  });

  test('ENR-23: of a child that is blocked it says what happened, that nothing opens, and whom to call', () => {
    const told = adviceFor(refuse('child-blocked'), 0);
    expect(told).toMatch(/^L’espace de cet enfant est bloqué ; appelez le 3422\. Avec ce code, /);
    expect(told).toContain('Aucun refus n’est enregistré, et l’espace ne s’ouvrira pas');
    expect(told).not.toContain('reste enregistré');
  });

  test('ENR-22: who has to choose is told whose code it is, and between which numbers', () => {
    const which = refuse('which-child', { ranks: '1 / 3', codeOf: 3 });
    expect(adviceFor(which, 0)).toMatch(/: dites lequel\. Le code .* l’enfant numéro 3\.$/);
    expect([ranksOf(which), ranksOf(refuse('code-used'))]).toEqual([['1', '3'], undefined]);
  });
});
