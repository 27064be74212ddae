import { ofName } from '#shared/kernel/of-name.ts';
import type { Letter } from '#shared/mail/letter.ts';

/** A mail as it reads to the guardian of the child that it is about; as it is where it is about its reader. */
export function forChild(letter: Letter, child: string | undefined): Letter {
  if (child === undefined) return letter;
  return {
    ...letter,
    sections: [
      {
        paragraphs: [
          `Ce message concerne l’espace de santé de votre enfant ${child}. Quand il dit « votre espace », c’est de celui ${ofName(child)} qu’il s’agit : vous le trouvez dans votre propre espace, parmi vos profils.`,
        ],
      },
      ...letter.sections,
    ],
  };
}
