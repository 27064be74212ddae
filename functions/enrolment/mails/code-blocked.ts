import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/**
 * Tells that ten wrong codes were given. Of who is invited, nothing opens until a new code was sent and its
 * time has run; for others the code was to activate with.
 */
export function codeBlocked(person: Person, isInvited: boolean): Letter {
  return {
    subject: 'Mon espace santé : votre code provisoire est bloqué',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Un code faux a été donné dix fois pour vous. Par sécurité, votre code provisoire est bloqué.',
          isInvited
            ? 'Vous gardez tous vos droits : votre espace ne sera pas ouvert tant que vous n’avez pas reçu un nouveau code. Le délai pour refuser repartira alors de zéro.'
            : 'Rien n’a changé dans votre espace. Pour l’activer ou le relier à un autre compte, il vous faut un nouveau code.',
        ],
      },
      {
        heading: 'Recevoir un nouveau code',
        paragraphs: [
          'Demandez-le sur le site de Mon espace santé, rubrique « Demander un nouveau code », ou au 3422. Préparez :',
        ],
        points: [
          'votre numéro de sécurité sociale ;',
          'le numéro de série de votre carte Vitale ;',
          'votre date de naissance.',
        ],
      },
      {
        paragraphs: ['Si ces essais ne viennent pas de vous, dites-le au 3422.'],
      },
    ],
  };
}
