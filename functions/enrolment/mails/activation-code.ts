import { type Day, frenchDay } from '#shared/kernel/calendar.ts';
import { formatCode } from '#shared/kernel/code.ts';
import { greet, type Letter, type Section } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/** How to activate, the same words in every mail whose code is good for it. */
export function howToActivate(code: string): Section {
  return {
    heading: 'Activer votre espace',
    paragraphs: ['Allez sur le site de Mon espace santé, rubrique « Activer ». Préparez :'],
    points: [
      'votre numéro de sécurité sociale (15 chiffres) ;',
      'le numéro de série de votre carte Vitale ;',
      'une adresse électronique que vous consultez ;',
      'votre code provisoire, que voici :',
    ],
    code: formatCode(code),
  };
}

/** The code asked for by somebody who decided already (ENR-12, ENR-41): to activate, or to link another account. */
export function activationCode(to: {
  person: Person;
  code: string;
  validUntil: Day;
  isActivated: boolean;
}): Letter {
  const { person, code, validUntil, isActivated } = to;
  const valid = `Il est valable jusqu’au ${frenchDay(validUntil)} inclus et ne sert qu’une fois.`;
  const purpose = isActivated
    ? 'Votre espace est déjà activé. Ce code sert à le relier à un autre compte, par exemple si vous avez changé d’appareil ou perdu votre accès. Le compte d’avant n’aura plus accès à votre espace.'
    : 'Avec lui, vous pouvez activer votre espace. Rien ne se passe si vous ne l’utilisez pas.';
  return {
    subject: 'Mon espace santé : votre nouveau code provisoire',
    greeting: greet(person),
    sections: [
      { paragraphs: ['Vous avez demandé un nouveau code provisoire.', valid, purpose] },
      howToActivate(code),
      {
        paragraphs: [
          'Si vous n’avez rien demandé, ne donnez ce code à personne et dites-le au 3422. Vos informations restent protégées.',
        ],
      },
    ],
  };
}
