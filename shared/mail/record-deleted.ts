import type { Person } from '../record/person.ts';
import { greet, type Letter } from './letter.ts';

/** The last mail of a record: it is deleted, and another may be activated (ENR-44). */
export function recordDeleted(person: Person): Letter {
  return {
    subject: 'Mon espace santé : votre espace est supprimé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'La suppression de votre espace est terminée. Tout ce qu’il contenait est effacé. Personne ne peut le retrouver, nous non plus.',
          'Nous gardons seulement la trace de ce qui a été fait : des dates et des décisions, sans votre nom et sans vos documents.',
        ],
      },
      {
        heading: 'Vous voulez une preuve ?',
        paragraphs: [
          'Une attestation de suppression, signée, vous attend sur le site pendant dix ans : connectez-vous comme avant, puis choisissez « Attestation de suppression ». Vous pouvez l’imprimer ou la garder dans un fichier PDF.',
        ],
      },
      {
        heading: 'Vous voulez de nouveau un espace ?',
        paragraphs: [
          'Vous pourrez l’activer de nouveau quand vous voudrez. Il sera vide. Votre caisse d’assurance maladie doit d’abord nous transmettre de nouveau votre adresse électronique : le 3422 vous dira où vous en êtes. Nous ne vous enverrons plus d’invitation.',
        ],
      },
    ],
  };
}
