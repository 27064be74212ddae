import { refusals } from '#shared/kernel/refusal.ts';

/** Refusals beside those that name a rule of a deposit (`rules/reasons.ts`). */
export const refuse = refusals('documents', {
  'other-resource': [400, 'Cette adresse reçoit un DocumentReference ; les lots sont à venir'],
  'unknown-document': [404, 'Ce document n’existe pas'],
  'other-content': [409, 'Un autre contenu a déjà été déposé sous cet identifiant'],
  'too-large': [
    413,
    'Un document joint peut avoir 4 Mo ; le dépôt en plusieurs parties, pour les plus grands, est à venir',
  ],
  'identity-in-address': [
    400,
    'Une recherche par matricule se fait par POST, jamais dans une adresse : DocumentReference/_search',
  ],
  'search-by-post': [
    400,
    'Une recherche avec critères se fait par POST : DocumentReference/_search',
  ],
  'search-value': [400, 'Un critère de recherche n’a pas la bonne forme'],
  page: [400, 'Cette page n’est plus valable, refaites la recherche'],
});
