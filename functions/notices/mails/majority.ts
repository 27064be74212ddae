import { frenchDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';

interface To extends Pick<Standing, 'child' | 'status'> {
  readonly person: Person;
}

const when = ({ child }: To): string =>
  child === undefined ? 'bientôt' : `le ${frenchDay(child.adultOn)}`;

/** To a guardian, some time before (MIN-5). */
export function majorityNearForGuardian(to: To, child: string): Letter {
  return {
    subject: 'Mon espace santé : votre enfant sera bientôt majeur',
    greeting: greet(to.person),
    sections: [
      {
        paragraphs: [
          `Votre enfant ${child} aura dix-huit ans ${when(to)}. Ce jour-là, dès minuit, son espace de santé sera à ${child} seul.`,
          'Vous ne pourrez plus le lire ni y ajouter de document. Rien ne sera effacé.',
          `Un code sera envoyé à ${child}, à sa propre adresse. Vérifiez avec votre caisse d’assurance maladie qu’elle la connaît.`,
        ],
      },
    ],
  };
}

/** To the young person, some time before (MIN-5). */
export function majorityNear(to: To): Letter {
  return {
    subject: 'Mon espace santé : vous serez bientôt majeur',
    greeting: greet(to.person),
    sections: [
      {
        paragraphs: [
          `Vous aurez dix-huit ans ${when(to)}. Ce jour-là, dès minuit, votre espace de santé sera à vous seul.`,
          'Vos représentants légaux ne pourront plus le lire ni y ajouter de document. Rien ne sera effacé.',
          'Vous recevrez alors un code pour y entrer avec votre carte Vitale. Vérifiez avec votre caisse d’assurance maladie qu’elle connaît votre adresse.',
        ],
      },
    ],
  };
}

/** To who was a guardian until now (MIN-5). */
export function cameOfAgeForGuardian(to: To, child: string): Letter {
  return {
    subject: 'Mon espace santé : votre enfant est majeur',
    greeting: greet(to.person),
    sections: [
      {
        paragraphs: [
          `Votre enfant ${child} a dix-huit ans. Son espace de santé est maintenant à ${child} seul.`,
          'Vous n’y avez plus accès. Rien n’a été effacé.',
        ],
      },
    ],
  };
}

/** What becomes of the record of who is of age, as it stands. */
function whatNow({ status }: To): readonly string[] {
  switch (status) {
    case 'known':
    case 'invited':
      return [
        'Votre espace n’est pas encore ouvert. Vous recevez une information à votre nom. Vous aurez quarante-deux jours pour vous opposer à l’ouverture, ou pour activer votre espace.',
      ];
    case 'opposed':
      return [
        'Votre représentant légal s’était opposé à l’ouverture de votre espace. Cela ne change pas.',
        'Si vous voulez un espace, activez-le avec votre carte Vitale et le code que vous recevez à part.',
      ];
    case 'open':
      return [
        'Votre espace est ouvert. Pour y entrer, activez-le avec votre carte Vitale et le code que vous recevez à part.',
        'Vous pouvez aussi le fermer ensuite, quand vous voulez.',
      ];
    case 'closed':
    case 'deletion-requested':
      return [
        'Votre espace est fermé. Vous seul pouvez le rouvrir : demandez un code sur le site, ou au 3422.',
      ];
    default:
      return [
        'Tout ce qu’il contient est resté, et vous seul pouvez le lire.',
        'Vous n’y êtes pas encore entré avec votre propre compte ? Utilisez votre carte Vitale et le code que vous recevez à part.',
      ];
  }
}

/** To who came of age (MIN-5). */
export function cameOfAge(to: To): Letter {
  return {
    subject: 'Mon espace santé : votre espace est à vous seul',
    greeting: greet(to.person),
    sections: [
      {
        paragraphs: [
          'Vous avez dix-huit ans. Vos représentants légaux n’ont plus accès à votre espace de santé.',
          ...whatNow(to),
        ],
      },
    ],
  };
}
