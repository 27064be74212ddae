import { refusals } from '#shared/kernel/refusal.ts';

export const refuse = refusals('enrolment', {
  'not-recognised': [403, 'Ces informations ne correspondent pas'],
  'too-many-attempts': [429, 'Trop d’essais, réessayez plus tard'],
  'deadline-passed': [
    409,
    'Le délai pour s’opposer est dépassé ; vous pouvez demander la clôture à tout moment',
  ],
  'code-used': [409, 'Ce code a déjà servi'],
  'already-opposed': [409, 'Votre opposition est déjà enregistrée'],
  'already-activated': [
    409,
    'Votre espace est activé ; vous pouvez demander sa clôture à tout moment',
  ],
  'already-linked': [409, 'Votre espace est déjà activé avec ce compte'],
  'account-taken': [409, 'Ce compte est déjà lié à un autre espace'],
  'not-activable': [409, 'Cet espace ne peut pas être activé pour le moment'],
  'conditions-outdated': [
    409,
    'Les conditions d’utilisation ont changé, relisez-les avant d’accepter',
  ],
  'address-refused': [409, 'Cette adresse électronique n’est pas acceptée, donnez-en une autre'],
  'too-soon': [
    429,
    'Un code vient d’être envoyé, attendez un instant avant d’en demander un autre',
  ],
  'unknown-activation': [404, 'Cette activation n’existe pas ou n’est plus en cours'],
  'otp-wrong': [403, 'Ce code n’est pas le bon'],
  'otp-dead': [409, 'Trop d’essais avec ce code, demandez-en un autre'],
  'otp-expired': [409, 'Ce code n’est plus valable, demandez-en un autre'],
  'code-burnt': [409, 'Ce code est bloqué après trop d’essais, demandez-en un nouveau'],
  'code-expired': [409, 'Ce code n’est plus valable, demandez-en un nouveau'],
  'card-mismatch': [409, 'Ce numéro de carte Vitale n’est pas celui de cette personne'],
  'checks-missing': [409, 'Toutes les vérifications nécessaires n’ont pas été faites'],
  'made-in-the-future': [409, 'La date de cette opposition n’est pas encore arrivée'],
  'made-before-import': [409, 'À cette date, cette personne n’était pas encore inscrite'],
  'unknown-person': [404, 'Aucune personne ne correspond à ce numéro et à cette date de naissance'],
  'agent-limit': [429, 'Vous avez traité trop de demandes en une heure, réessayez plus tard'],
  'role-required': [403, 'Votre rôle ne permet pas cette action'],
  'wave-in-the-past': [409, 'La date d’envoi est déjà passée'],
  'wave-begun': [409, 'L’envoi de cette vague a commencé, elle ne peut plus changer'],
  'department-in-wave': [
    409,
    'Un département de cette vague est dans une autre, qui n’est pas terminée',
  ],
  'unknown-wave': [404, 'Cette vague n’existe pas'],
  'unknown-import': [404, 'Cet import n’existe pas'],
});
