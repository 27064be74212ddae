import { type Day, frenchDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { howToObject, invitation } from './invitation.ts';

/** The code that was asked for. Where a deadline begins with it, the mail is a whole invitation. */
export function newCode(to: {
  person: Person;
  code: string;
  until: Day;
  validUntil: Day;
  starts: boolean;
}): Letter {
  const { person, code, until, validUntil, starts } = to;
  const subject = 'Mon espace santé : votre nouveau code provisoire';
  if (starts) return { ...invitation(to), subject };
  return {
    subject,
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Vous avez demandé un nouveau code provisoire. Il remplace l’ancien, qui ne marche plus.',
          `Le nouveau code est valable jusqu’au ${frenchDay(validUntil)}. La date limite pour refuser l’ouverture ne change pas.`,
        ],
      },
      howToObject(code, until),
      {
        paragraphs: [
          'Si vous n’avez rien demandé, vous n’avez rien à faire : votre ancien code est remplacé et vos informations restent protégées.',
        ],
      },
    ],
  };
}
