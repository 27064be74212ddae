import { describe, expect, test } from 'vitest';
import { codeBlocked } from '#functions/enrolment/mails/code-blocked.ts';
import { refuse } from '#functions/enrolment/rules.ts';
import { closedAfterSuspension } from '#functions/notices/mails/closed-after-suspension.ts';
import { codeLost, howToReopen } from '#functions/notices/mails/sections.ts';
import { askCodePage } from '#functions/portal/pages/ask-code.ts';
import { codeAskedPage } from '#functions/portal/pages/code-asked.ts';
import { letterPage } from '#functions/portal/pages/letter.ts';
import { objectionPage } from '#functions/portal/pages/objection.ts';
import { adviceFor, isHelpedByCode, retryAfter } from '#functions/portal/rules/advice.ts';
import { readCodeForm } from '#functions/portal/rules/read-code-form.ts';
import { CodeForm, ObjectionForm, type Whose } from '#functions/portal/schema.ts';
import type { Person } from '#shared/record/person.ts';
import { sender } from '#test/enrolment/papers/sheets.ts';

const right = {
  nir: '2 69 05 99 001 001 06',
  cardSerial: '1234 5678 901',
  birthDate: '12/05/1942',
  by: 'mail',
};
const read = (change: object = {}, whose: Whose = 'self') =>
  readCodeForm(CodeForm.parse({ ...right, ...change }), whose);
const wrongOf = (change: object, whose: Whose = 'self') => {
  const given = read(change, whose);
  return given.ok ? {} : given.wrong;
};
const linksOf = (page: string) =>
  [...page.matchAll(/<a [^>]*href="([^"]+)"/g)].map(([, link = '']) => link);
const objecting = ObjectionForm.parse({ key: 'a'.repeat(26) });

describe('ENR-12: the form for a new code', () => {
  test.each(['mail', 'letter', 'sms'] as const)('asks for what the API takes, by %s', (by) => {
    const numbers = { nir: '269059900100106', cardSerial: '12345678901' };
    expect(read({ by })).toEqual({
      ok: true,
      request: { ...numbers, birthDate: '1942-05-12', by },
    });
    // What stands in a line that the form for oneself does not show is not heard.
    expect(read({ by, rank: '2' })).toEqual(read({ by }));
  });

  test.each([
    ['', { child: {} }],
    [' 2 ', { child: { rank: 2 } }],
  ])('ENR-22: for a child, of the number «%s»', (rank, about) => {
    expect(read({ rank }, 'child')).toMatchObject({ ok: true, request: about });
  });

  test.each([
    [{ nir: '' }, 'nir', 'écrivez'],
    [{ nir: '2 69 05 99 001 001 07' }, 'nir', 'n’est pas juste'],
    [{ cardSerial: ' ' }, 'cardSerial', 'écrivez'],
    [{ cardSerial: '12a' }, 'cardSerial', 'que des chiffres'],
    [{ birthDate: '' }, 'birthDate', 'écrivez votre date'],
    [{ birthDate: '31/02/1942' }, 'birthDate', 'n’existe pas, écrivez par exemple 12/05/1942'],
    [{ birthDate: '1942' }, 'birthDate', 'n’existe pas'],
    [{ by: '' }, 'by', 'choisissez'],
    [{ by: 'pigeon' }, 'by', 'choisissez'],
  ])('%j has a sentence of its own', (change, field, words) => {
    expect(wrongOf(change)).toEqual({ [field]: expect.stringContaining(words) });
  });

  test.each([
    [{ birthDate: '' }, 'birthDate', 'écrivez la date de naissance de l’enfant'],
    [{ birthDate: '31/02/2015' }, 'birthDate', 'par exemple 05/03/2015'],
    [{ rank: '0' }, 'rank', 'de 1 à 9'],
    [{ rank: '10' }, 'rank', 'de 1 à 9'],
    [{ rank: 'deux' }, 'rank', 'de 1 à 9'],
  ])('ENR-22: of a child, %j has a sentence of its own', (change, field, words) => {
    expect(wrongOf(change, 'child')).toEqual({ [field]: expect.stringContaining(words) });
  });

  test('all faults are told at once, in the order of the lines, each with a way to its line', () => {
    const form = CodeForm.parse({ rank: 'x' });
    const given = readCodeForm(form, 'child');
    const wrong = given.ok ? {} : given.wrong;
    const names = ['nir', 'cardSerial', 'birthDate', 'rank', 'by'];
    expect(Object.keys(wrong)).toEqual(names);
    const page = askCodePage({ whose: 'child', form, wrong }, sender);
    expect(linksOf(page).slice(0, 5)).toEqual(names.map((name) => `#${name}`));
    for (const name of names) expect(page).toContain(`id="${name}-erreur"`);
    expect(page).toContain('<title>Erreur : ');
  });

  test('what was typed and chosen stays, and is never markup; nothing is chosen before', () => {
    const evil = `"><script>alert('&')</script>`;
    const typed = { nir: evil, cardSerial: evil, birthDate: evil, rank: evil };
    const form = CodeForm.parse({ ...typed, by: 'letter' });
    const page = askCodePage({ whose: 'child', form, wrong: {}, refused: evil }, sender);
    expect(page).not.toContain('<script');
    expect(
      page.split('&quot;&gt;&lt;script&gt;alert(&#39;&amp;&#39;)&lt;/script&gt;'),
    ).toHaveLength(6);
    expect(page.match(/value="\w+" checked/g)).toEqual(['value="letter" checked']);
    const fresh = askCodePage({ whose: 'self', form: CodeForm.parse({}), wrong: {} }, sender);
    expect(fresh).not.toContain('checked');
    expect(fresh).not.toContain('name="rank"');
  });

  test('ENR-14: over the quota the page says from when on, as does its header', () => {
    const refusal = refuse('too-many-attempts', { retryAfterSeconds: 1260 });
    const at = Date.parse('2022-02-07T13:39:00.000Z');
    expect(adviceFor(refusal, at)).toBe(
      'Trop d’essais, réessayez plus tard. Vous pourrez réessayer lundi 7 février 2022 à 15 h 00 (heure de Paris).',
    );
    expect(retryAfter(refusal)).toEqual({ 'retry-after': '1260' });
    expect(retryAfter(refuse('not-recognised'))).toEqual({});
  });
});

describe('ENR-12: what the page says after a wish', () => {
  test.each([
    ['mail', 'quelques minutes', 'Dès que le nouveau code est envoyé', 'Après une heure'],
    ['sms', 'quelques minutes', 'Dès que le nouveau code est envoyé', 'Après une heure'],
    [
      ...(['letter', 'une à deux semaines', 'jusqu’à ce que le courrier soit posté'] as const),
      'Après trois semaines',
    ],
  ] as const)(
    'by %s: when, what of the earlier code, and what if nothing comes',
    (by, ...words) => {
      const page = codeAskedPage({ whose: 'self', by, apartSeconds: 31 }, sender);
      for (const word of [...words, '31 secondes', sender.phone]) expect(page).toContain(word);
      expect(page).not.toContain('jumeaux');
      expect(linksOf(page)).toEqual(['nouveau-code', 'refuser', '../courrier']);
    },
  );

  test('ENR-22: for a child it says what of several born on one day, and leads to the child’s forms', () => {
    const page = codeAskedPage({ whose: 'child', by: 'mail', apartSeconds: 30 }, sender);
    expect(page).toContain('vous n’avez pas écrit le numéro de l’enfant');
    expect(linksOf(page)).toEqual([
      ...['nouveau-code-pour-un-enfant', 'refuser-pour-un-enfant', '../courrier'],
    ]);
  });
});

describe('ENR-12: the way to a new code', () => {
  test('what mails call it is what the link on the letter’s page is called', () => {
    const [, name = ''] = /href="courrier\/nouveau-code">([^<]+)</.exec(letterPage(sender)) ?? [];
    const person: Person = {
      ...{ nir: right.nir, birthName: 'DURAND', usedName: '', givenNames: 'Odette', sex: 'F' },
      ...{ birthDate: '1942-05-12', addressLine: '1 place', postcode: '48000', city: 'Mende' },
    };
    const told = [
      ...[codeLost, howToReopen({}), closedAfterSuspension(person, {})],
      codeBlocked(person, true),
    ];
    for (const one of told) expect(JSON.stringify(one)).toContain(`« ${name} »`);
  });

  test.each([
    ['self', 'nouveau-code'],
    ['child', 'nouveau-code-pour-un-enfant'],
  ] as const)('stands on the form for objecting (%s)', (whose, to) => {
    const page = objectionPage({ whose, form: objecting, wrong: {} }, sender);
    expect(page).toContain(`<a href="${to}">Je n’ai pas de code, ou il a expiré</a>`);
  });

  test.each([
    ['not-recognised', true],
    ['code-expired', true],
    ['code-burnt', true],
    ['already-opposed', false],
    ['deadline-passed', false],
    ['too-many-attempts', false],
  ] as const)('stands beside why it was refused: %s, %s', (reason, is) => {
    const helped = isHelpedByCode(refuse(reason));
    expect(helped).toBe(is);
    const filled = { whose: 'self', form: objecting, wrong: {}, refused: 'Non.' } as const;
    const page = objectionPage({ ...filled, isHelpedByCode: helped }, sender);
    expect(page.includes('<a href="nouveau-code">Demander un nouveau code</a>')).toBe(is);
  });
});
