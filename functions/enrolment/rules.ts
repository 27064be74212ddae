import { refusals } from '#shared/kernel/refusal.ts';

export const refuse = refusals('enrolment', {
  'not-recognised': [403, 'Ces informations ne correspondent pas'],
  'too-many-attempts': [429, 'Trop d’essais, réessayez plus tard'],
  'deadline-passed': [
    409,
    'Le délai pour s’opposer est dépassé ; vous pouvez demander la clôture à tout moment',
  ],
  'code-used': [409, 'Ce code a déjà servi : votre opposition est enregistrée'],
  'code-burnt': [409, 'Ce code est bloqué après trop d’essais, demandez-en un nouveau'],
  'code-expired': [409, 'Ce code n’est plus valable, demandez-en un nouveau'],
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
