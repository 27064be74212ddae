import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';

/**
 * How often the other person may have seen something of his: documents that were read, lists of all documents, and
 * histories that were taken away as a file or on paper.
 */
export interface MixUp {
  readonly readings: number;
  readonly lists: number;
  readonly histories: number;
}

/** Tells that a merge was wrong and is undone, and how often what was his may have been seen (ENR-20, ACC-53). */
export function parted(person: Person, { readings, lists, histories }: MixUp): Letter {
  return {
    subject: 'Mon espace santé : votre espace avait été réuni par erreur avec un autre',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          'Votre espace avait été réuni par erreur avec celui d’une autre personne. Les deux espaces sont de nouveau séparés, et chaque document est revenu à sa place. Nous vous prions de nous en excuser.',
          readings + lists === 0
            ? 'Pendant ce temps, personne n’a consulté vos documents à la place d’un autre.'
            : `Pendant ce temps, l’autre personne a pu voir vos documents : ${counted(readings, 'consultation')} d’un document, ${counted(lists, 'consultation')} de la liste des documents.`,
          ...taken(histories),
          'Votre historique dit quels documents ont été consultés, et quand. Vous avez une question ? Appelez le 3422.',
        ],
      },
    ],
  };
}

const taken = (times: number): string[] =>
  times === 0
    ? []
    : [
        `L’autre personne a pu emporter votre historique avec le sien, en fichier ou sur papier : ${times} fois. Un historique dit ce qui a été fait dans un espace, par qui et quand. Il ne contient aucun document.`,
      ];

const counted = (count: number, word: string): string => `${count} ${word}${count > 1 ? 's' : ''}`;
