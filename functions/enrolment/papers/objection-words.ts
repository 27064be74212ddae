import { frenchDay, frenchMoment, parisDay } from '#shared/kernel/calendar.ts';
import { grouped } from '#shared/kernel/ids.ts';
import type { Sender } from '#shared/paper/sender.ts';
import type { Opposed } from '../schema-opposed.ts';
import type { ProofWords } from './proof-sheet.ts';

const channels = {
  web: 'Sur internet, avec le code provisoire',
  phone: 'Par téléphone, auprès d’un conseiller',
  post: 'Par courrier',
  desk: 'Sur place, auprès d’un conseiller',
} as const satisfies Record<Opposed['channel'], string>;

/** The proof of an objection in words (ENR-40): what, when, by which way; nobody's name, and nothing medical. */
export function objectionWords(proof: Opposed, sender: Sender): ProofWords {
  const { reference, receivedAt, madeAt, channel } = proof;
  const isChilds = proof.about === 'child';
  const whose = isChilds ? 'l’espace de votre enfant' : 'votre espace';
  const site = new URL(sender.site).host;
  return {
    title: 'Preuve de votre opposition',
    opening: [
      isChilds
        ? 'Vous avez refusé l’ouverture de Mon espace santé pour votre enfant. Ce refus est enregistré.'
        : 'Vous avez refusé l’ouverture de Mon espace santé. Votre refus est enregistré.',
    ],
    facts: [
      ['Référence', grouped(reference)],
      ['Opposition reçue le', `${frenchMoment(Date.parse(receivedAt))} (heure de Paris)`],
      ...(madeAt === receivedAt
        ? []
        : [['Date de votre demande', frenchDay(parisDay(Date.parse(madeAt)))] as const]),
      ['Moyen utilisé', channels[channel]],
      ['Pour qui', isChilds ? 'Votre enfant, dont vous êtes le représentant légal' : 'Vous-même'],
    ],
    sections: [
      {
        heading: 'Ce que cela veut dire',
        paragraphs: [
          `${capital(whose)} ne sera pas ouvert automatiquement. S’il venait d’être ouvert, cette ouverture est annulée. Vos soins et vos remboursements ne changent pas.`,
        ],
      },
      {
        heading: 'Si vous changez d’avis',
        paragraphs: [
          `Vous pourrez activer ${whose} plus tard, quand vous voudrez : sur ${site}, rubrique « Activer ». Préparez votre numéro de sécurité sociale, votre carte Vitale et un code provisoire. Sans code, demandez-en un sur le site ou au ${sender.phone}.`,
        ],
      },
      {
        heading: 'Vous n’avez rien demandé ?',
        paragraphs: [
          `Appelez le ${sender.phone} et donnez la référence. On vous dira ce qui a été fait.`,
        ],
      },
      {
        heading: 'Gardez cette feuille',
        paragraphs: [
          'Elle ne porte ni votre nom ni votre numéro de sécurité sociale : avec la référence, nous retrouvons votre demande.',
        ],
      },
    ],
  };
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
