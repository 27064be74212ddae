import { grouped } from '#shared/kernel/ids.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import { codeLost, notYou } from './sections.ts';

/** Confirms an objection (ENR-40, ENR-41), at every address that is known: a stranger may have made it, or an agent.
 * It says the reference of the proof, and attaches nothing: a mail of ours with a file would teach people to open one (D55). */
export function opposed(person: Person, reference: string | undefined): Letter {
  return {
    subject: 'Mon espace santé : votre opposition est enregistrée',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'L’opposition à l’ouverture de votre espace est enregistrée. Il ne sera pas ouvert ; s’il venait d’être ouvert, cette ouverture est annulée.',
          'Vous pouvez changer d’avis quand vous voulez, et activer un espace avec votre carte Vitale et votre code provisoire.',
          ...(reference === undefined ? [] : [`Référence : ${grouped(reference)}.`]),
        ],
      },
      codeLost,
      notYou,
    ],
  };
}
