import type { Section } from '#shared/mail/letter.ts';
import type { Standing } from '#shared/record/standing.ts';

/** What one prepares to activate, and where; the code itself stands in another mail. */
export const howToActivate: Section = {
  heading: 'Comment activer votre espace ?',
  paragraphs: [
    'Sur le site de Mon espace santé, rubrique « Activer », ou avec l’aide du 3422. Préparez :',
  ],
  points: [
    'votre numéro de sécurité sociale (15 chiffres) ;',
    'le numéro de série de votre carte Vitale ;',
    'une adresse électronique que vous consultez ;',
    'votre code provisoire.',
  ],
};

export const codeLost: Section = {
  paragraphs: [
    'Vous n’avez plus de code provisoire, ou il n’est plus valable ? Demandez-en un autre sur le site, rubrique « Demander un nouveau code », ou au 3422.',
  ],
};

/** Who did not do it himself has to say so soon. */
export const notYou: Section = {
  heading: 'Ce n’était pas vous ?',
  paragraphs: [
    'Appelez tout de suite le 3422. On bloquera cet accès avec vous. Vos documents resteront à vous.',
  ],
};

/** Where a holder takes a closure back (ENR-44). */
const reopening: Section = {
  heading: 'Vous changez d’avis ?',
  paragraphs: [
    'Connectez-vous comme d’habitude sur le site de Mon espace santé, puis choisissez « Rouvrir mon espace ». Le 3422 peut vous aider.',
  ],
};

/** The same where no account opens it again: he had none, or his record was closed after a suspension. */
const activatingInstead: Section = {
  heading: 'Vous changez d’avis ?',
  paragraphs: [
    'Demandez un nouveau code sur le site, rubrique « Demander un nouveau code », ou au 3422. Avec ce code, vous pourrez activer votre espace.',
  ],
};

/** How a closed record is opened again, by how it was closed. */
export const howToReopen = ({
  closedAfter,
  linkTag,
}: Pick<Standing, 'closedAfter' | 'linkTag'>): Section =>
  closedAfter || linkTag === undefined ? activatingInstead : reopening;

/** Where a holder changes his mind (closing at any time, R1111-36). */
export const howToClose: Section = {
  heading: 'Vous ne voulez plus de cet espace ?',
  paragraphs: [
    'Vous pouvez le fermer quand vous voulez, sans donner de raison : sur le site, rubrique « Fermer mon espace », ou au 3422.',
  ],
};
