import { ofName } from '#shared/kernel/of-name.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { NoticeCode } from '../schema.ts';

/** What is told of who acts in a child's record (MIN-2): never who it is, and nothing of a court's reasons. */
export type OfGuardians = Extract<
  NoticeCode,
  | 'INVITATION_REPRESENTANT'
  | 'INVITATION_REFUSEE'
  | 'REPRESENTANT_AJOUTE'
  | 'REPRESENTANT_RETIRE'
  | 'REPRESENTANT_RETABLI'
>;

interface To {
  readonly person: Person;
  /** The first name of the child, where its reader is a guardian. */
  readonly about?: string | undefined;
  /** The reader is the very one whom it concerns. */
  readonly isConcerned?: boolean | undefined;
}

const question = 'Vous avez une question, ou ce n’est pas normal ? Appelez le 3422.';

/** The mail of such a notice: to whoever acts for the child, or to whom it concerns, in words of his own. */
export function ofGuardians(code: OfGuardians, { person, about, isConcerned }: To): Letter {
  const whose =
    about === undefined ? 'votre espace de santé' : `l’espace de santé ${ofName(about)}`;
  const { subject, paragraphs } = isConcerned ? toConcerned(code, whose) : toOthers(code, whose);
  return {
    subject: `Mon espace santé : ${subject}`,
    greeting: greet(person),
    sections: [{ paragraphs: [...paragraphs, question] }],
  };
}

interface Words {
  readonly subject: string;
  readonly paragraphs: readonly string[];
}

function toOthers(code: OfGuardians, whose: string): Words {
  switch (code) {
    case 'INVITATION_REPRESENTANT':
      return {
        subject: 'une invitation a été faite pour l’espace d’un enfant',
        paragraphs: [
          `Avec votre compte, une personne a été invitée à agir comme second représentant légal dans ${whose}.`,
          'Si elle accepte, elle pourra lire les documents et en ajouter. Pour le moment, rien n’a changé.',
        ],
      };
    case 'INVITATION_REFUSEE':
      return {
        subject: 'l’invitation d’un second représentant légal est refusée',
        paragraphs: [
          `La personne invitée dans ${whose} a refusé, ou n’est pas son représentant légal.`,
          'Rien n’a changé. Vous pouvez inviter quelqu’un d’autre.',
        ],
      };
    case 'REPRESENTANT_AJOUTE':
      return {
        subject: 'un représentant légal de plus a accès à l’espace d’un enfant',
        paragraphs: [
          `Un représentant légal de plus a maintenant accès à ${whose}. Il peut lire les documents et en ajouter.`,
          'Tous les accès sont dans la rubrique « Historique » de cet espace.',
        ],
      };
    case 'REPRESENTANT_RETIRE':
      return {
        subject: 'un représentant légal n’a plus accès à l’espace d’un enfant',
        paragraphs: [
          `Une personne ne peut plus agir comme représentant légal dans ${whose}.`,
          'Pour vous, rien ne change.',
        ],
      };
    case 'REPRESENTANT_RETABLI':
      return {
        subject: 'une personne peut de nouveau agir pour un enfant',
        paragraphs: [
          `Une personne qui ne pouvait plus agir comme représentant légal dans ${whose} le peut de nouveau.`,
          'Elle n’y a pas encore accès : il lui faut un code, ou une invitation. Pour vous, rien ne change.',
        ],
      };
  }
}

/** Only an order of an agent concerns somebody else than who acts in the record. */
function toConcerned(code: OfGuardians, whose: string): Words {
  if (code === 'REPRESENTANT_RETIRE')
    return {
      subject: 'vous n’avez plus accès à l’espace d’un enfant',
      paragraphs: [
        `Vous ne pouvez plus agir comme représentant légal dans ${whose}. Vous n’y avez plus accès.`,
        'Un conseiller l’a enregistré. Votre propre espace ne change pas.',
      ],
    };
  if (code === 'REPRESENTANT_RETABLI')
    return {
      subject: 'vous pouvez de nouveau agir pour un enfant',
      paragraphs: [
        `Vous pouvez de nouveau agir comme représentant légal dans ${whose}. Un conseiller l’a enregistré.`,
        'Vous n’y avez pas encore accès : demandez un code au 3422, ou une invitation à l’autre représentant légal.',
      ],
    };
  return toOthers(code, whose);
}
