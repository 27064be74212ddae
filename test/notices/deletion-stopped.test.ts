import { expect, test } from 'vitest';
import { mailFor } from '#functions/notices/mails/mail-for.ts';
import { stillHolds } from '#functions/notices/rules.ts';
import { statuses } from '#shared/kernel/status.ts';
import { asText } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

const person: Person = {
  ...{ nir: '269059900100106', birthName: 'DURAND', usedName: '', givenNames: 'Odette, Marie' },
  ...{ birthDate: '1969-05-12', sex: 'F', addressLine: '1 rue Haute', postcode: '12000' },
  ...{ city: 'Rodez', email: 'odette@exemple.invalid' },
};

test('MIN-2 that a child’s record is not deleted is told without who asked and why; until when it is kept in Paris', () => {
  const to = { department: '12', person, status: 'closed', about: 'Kaïs' } as const;
  const said = (deleteFrom: string) =>
    asText(mailFor('SUPPRESSION_ARRETEE', { ...to, deleteFrom })).replace(/\s+/g, ' ');
  expect(said('2032-04-01T22:00:00.000Z')).toContain('gardé jusqu’au vendredi 2 avril 2032.');
  expect(said('2032-04-01T21:59:59.999Z')).toContain('gardé jusqu’au jeudi 1er avril 2032.');
  const text = said('2032-04-01T22:00:00.000Z');
  expect(text).toContain('votre enfant Kaïs');
  expect(text).not.toMatch(/juge|tribunal|jugement|décision|autorité|représentant/i);
});

test.each(statuses)(
  'MIN-2 of a record that is %s by now that is news while it is closed',
  (status) => {
    expect(stillHolds('SUPPRESSION_ARRETEE', status)).toBe(status === 'closed');
  },
);
