import { refusals } from '../kernel/refusal.ts';

/** Refusals of any route that opens a record; name the codes in the route's declaration. */
export const refuse = refusals('access', {
  'not-linked': [403, 'Ce compte n’est lié à aucun espace : activez d’abord le vôtre'],
  'not-guardian': [403, 'Vous n’êtes pas, ou plus, représentant légal dans cet espace'],
  'record-closed': [403, 'Cet espace est fermé, ou suspendu'],
  'conditions-to-accept': [
    403,
    'Les conditions d’utilisation ont changé : lisez-les et acceptez-les pour continuer',
  ],
  'unknown-patient': [404, 'Aucun espace ouvert ne correspond à ce matricule'],
});
