import type { Refusal } from '#shared/kernel/refusal.ts';

const further: Readonly<Record<string, string>> = {
  'enrolment/not-recognised':
    'Comparez le numéro de sécurité sociale et celui de la carte avec la carte Vitale, puis le code avec votre dernier courrier.',
  'enrolment/too-many-attempts': 'Attendez une heure.',
  'enrolment/code-used': 'Si vous avez déjà refusé, ce refus reste enregistré.',
};

/** Why an objection was refused, and what may be done now. */
export function adviceFor({
  code,
  title,
  facts,
}: Pick<Refusal, 'code' | 'title' | 'facts'>): string {
  const more =
    code === 'enrolment/which-child'
      ? `Le code que vous avez écrit est celui de l’enfant numéro ${facts.codeOf}.`
      : further[code];
  return [`${title}.`, ...(more === undefined ? [] : [more])].join(' ');
}

/** The numbers of the children among whom one must choose, where that is why (ENR-22). */
export function ranksOf({ code, facts }: Pick<Refusal, 'code' | 'facts'>): string[] | undefined {
  if (code !== 'enrolment/which-child') return undefined;
  return String(facts.ranks).split(' / ');
}
