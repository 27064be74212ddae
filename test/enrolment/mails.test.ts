import { describe, expect, test } from 'vitest';
import { codeBlocked } from '#functions/enrolment/mails/code-blocked.ts';
import { childInvitation, forChild } from '#functions/enrolment/mails/for-child.ts';
import { invitation } from '#functions/enrolment/mails/invitation.ts';
import { asHtml, asText } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

const person: Person = {
  nir: '269059900100106',
  birthName: 'DURAND',
  usedName: '',
  givenNames: 'Odette, Marie',
  birthDate: '1969-05-12',
  sex: 'F',
  addressLine: '1 rue <b>Haute</b>',
  postcode: '12000',
  city: 'Rodez',
  email: 'odette@exemple.invalid',
};
const letter = invitation({ person, code: 'PAS39SZDR80E', until: '2022-03-21' });

describe('the invitation', () => {
  test('ENR-1 says that the space opens, until which day one may refuse, and by which ways', () => {
    const text = asText(letter);
    expect(text).toContain('Bonjour Odette DURAND,');
    expect(text).toContain('jusqu’au lundi 21 mars 2022 inclus');
    expect(text).toContain('sur le site');
    expect(text).toContain('3422');
  });

  test('ENR-3 says that one may change one’s mind: close later, or activate after a refusal', () => {
    const text = asText(letter);
    expect(text).toContain('vous pouvez le fermer quand vous voulez');
    expect(text).toContain('Si vous l’avez refusé, vous pourrez l’activer plus tard');
  });

  test('ENR-10 shows the code in three groups, on a line of its own', () => {
    expect(asText(letter).split('\n')).toContain('    PAS3-9SZD-R80E');
    expect(asHtml(letter)).toContain('>PAS3-9SZD-R80E<');
  });

  test('holds nothing of the person but the name', () => {
    for (const said of [asText(letter), asHtml(letter)])
      for (const secret of [person.nir, person.birthDate, 'Haute', 'Rodez', 'odette@'])
        expect(said).not.toContain(secret);
  });
});

test('a name with signs of markup stays text', () => {
  const html = asHtml(codeBlocked({ ...person, usedName: '<script>x</script>' }, true));
  expect(html).not.toContain('<script>');
  expect(html).toContain('&lt;script&gt;');
});

describe('ENR-4, MIN-1: mails about a child', () => {
  const child = { name: 'Noé', rank: 2 };
  test('name it by the first name only, and say what its guardian needs', () => {
    const told = { person, child, code: 'PAS39SZDR80E', until: '2022-03-21' };
    const invited = asText(childInvitation(told));
    const blocked = asText(forChild(codeBlocked(person, true), child));
    for (const text of [invited, blocked]) {
      expect(text).toContain('Bonjour Odette DURAND,');
      expect(text).toContain('votre enfant Noé');
      expect(text).toContain('son numéro parmi les enfants nés ce jour-là : 2');
      for (const secret of [person.nir, person.birthDate]) expect(text).not.toContain(secret);
    }
    expect(invited).toContain('jusqu’au lundi 21 mars 2022 inclus');
    expect(invited.split('\n')).toContain('    PAS3-9SZD-R80E');
    expect(forChild(letter, undefined)).toBe(letter);
  });
});
