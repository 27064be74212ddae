import type { Refusal } from '#shared/kernel/refusal.ts';

const further: Readonly<Record<string, string>> = {
  'enrolment/not-recognised':
    'Comparez le numéro de sécurité sociale et celui de la carte avec la carte Vitale, puis le code avec votre dernier courrier.',
  'enrolment/too-many-attempts': 'Attendez une heure.',
  'enrolment/code-used': 'Si vous avez déjà refusé, ce refus reste enregistré.',
  'enrolment/which-child': 'Son numéro est écrit dans le courrier.',
};

/** Why an objection was refused, and what may be done now. */
export function adviceFor({ code, title }: Pick<Refusal, 'code' | 'title'>): string {
  return [`${title}.`, ...(further[code] === undefined ? [] : [further[code]])].join(' ');
}
