import { frenchDay, parisDay } from '#shared/kernel/calendar.ts';
import { greet, type Letter } from '#shared/mail/letter.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';

/** Tells somebody that an agent took down that he wants his record closed (ENR-42): another one will ask him. */
export function closureToConfirm(
  person: Person,
  { agentClosing }: Pick<Standing, 'agentClosing'>,
): Letter {
  // It is off when the day after its last one has begun.
  const last = agentClosing && frenchDay(parisDay(Date.parse(agentClosing.until) - 1));
  return {
    subject: 'Mon espace santé : demande de fermeture à confirmer',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          agentClosing?.deletion
            ? 'Un conseiller a noté que vous voulez fermer votre espace, et supprimer ce qu’il contient.'
            : 'Un conseiller a noté que vous voulez fermer votre espace.',
          'Pour le moment, rien n’a changé.',
        ],
      },
      {
        heading: 'Un autre conseiller va vous rappeler',
        paragraphs: [
          'Il appellera au numéro que connaît votre caisse d’assurance maladie, ou il vous écrira. Il vous demandera si vous êtes d’accord.',
          `Sans votre accord ${last === undefined ? 'dans ce délai' : `au plus tard le ${last}`}, votre espace reste comme il est.`,
        ],
      },
      {
        heading: 'Vous n’avez rien demandé, ou vous changez d’avis ?',
        paragraphs: [
          'Dites-le au conseiller qui vous rappelle, ou appelez le 3422. Si vous avez un compte, vous pouvez aussi arrêter la demande sur le site.',
        ],
      },
    ],
  };
}

/** Tells that it will not be closed. */
export function closureDropped(person: Person, { status }: Pick<Standing, 'status'>): Letter {
  const isClosed = status === 'closed';
  return {
    subject: isClosed
      ? 'Mon espace santé : votre espace ne sera pas supprimé'
      : 'Mon espace santé : votre espace reste ouvert',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          isClosed
            ? 'La suppression de votre espace, qu’un conseiller avait notée, n’aura pas lieu. Votre espace reste fermé, avec ce qu’il contient.'
            : 'La fermeture de votre espace, qu’un conseiller avait notée, n’aura pas lieu. Rien n’a changé.',
        ],
      },
    ],
  };
}

/** Tells that nobody confirmed it in time: nothing changed, and how to ask again. */
export function closureLapsed(
  person: Person,
  { status, agentClosing, linkTag }: Pick<Standing, 'status' | 'agentClosing' | 'linkTag'>,
): Letter {
  const isClosed = status === 'closed';
  const wanted = isClosed ? 'faire supprimer votre espace' : 'fermer votre espace';
  return {
    subject: isClosed
      ? 'Mon espace santé : votre espace n’a pas été supprimé'
      : 'Mon espace santé : votre espace n’a pas été fermé',
    greeting: greet(person),
    sections: [
      {
        paragraphs: [
          !isClosed && agentClosing?.deletion
            ? 'Un conseiller avait noté que vous vouliez fermer votre espace, et supprimer ce qu’il contient.'
            : `Un conseiller avait noté que vous vouliez ${wanted}.`,
          'Un autre conseiller devait avoir votre accord. Il ne l’a pas eu à temps.',
          isClosed
            ? 'Rien n’a donc été supprimé. Votre espace reste fermé, avec ce qu’il contient.'
            : 'Votre espace reste donc ouvert. Rien n’a changé.',
        ],
      },
      {
        heading: `Vous voulez toujours ${wanted} ?`,
        paragraphs: [
          'Refaites votre demande. Vous pouvez appeler le 3422, ou nous écrire.',
          'Vous pouvez aussi venir à un guichet qui aide pour Mon espace santé. Apportez votre pièce d’identité.',
          ...(linkTag === undefined
            ? []
            : ['Si vous avez un compte, vous pouvez aussi le faire vous-même sur le site.']),
        ],
      },
      {
        heading: 'Vous ne le voulez plus, ou vous n’aviez rien demandé ?',
        paragraphs: ['Vous n’avez rien à faire.'],
      },
    ],
  };
}
