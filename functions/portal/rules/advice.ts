import { frenchMinute } from '#shared/kernel/calendar.ts';
import type { Refusal } from '#shared/kernel/refusal.ts';

type Told = Pick<Refusal, 'code' | 'title' | 'facts'>;

const further: Readonly<Record<string, string>> = {
  'enrolment/not-recognised':
    'Comparez le numéro de sécurité sociale et celui de la carte avec la carte Vitale, puis le code avec votre dernier courrier.',
  'enrolment/child-blocked':
    'Avec ce code, quelqu’un a répondu qu’il n’est pas le représentant légal de cet enfant. Aucun refus n’est enregistré, et l’espace ne s’ouvrira pas tant que ce blocage dure. Si vous êtes le représentant légal, un conseiller du 3422 enregistrera votre refus ou lèvera le blocage, après vérification.',
  'enrolment/code-used': 'Si vous avez déjà refusé, ce refus reste enregistré.',
};

/** Why something was refused, and what may be done now, or from when on. */
export function adviceFor({ code, title, facts }: Told, receivedAt: number): string {
  const more =
    code === 'enrolment/which-child'
      ? `Le code que vous avez écrit est celui de l’enfant numéro ${facts.codeOf}.`
      : (fromWhenOn(facts, receivedAt) ?? further[code]);
  return [`${title}.`, ...(more === undefined ? [] : [more])].join(' ');
}

function fromWhenOn({ retryAfterSeconds }: Refusal['facts'], receivedAt: number) {
  if (typeof retryAfterSeconds !== 'number') return undefined;
  const at = frenchMinute(receivedAt + retryAfterSeconds * 1000);
  return `Vous pourrez réessayer ${at} (heure de Paris).`;
}

/** The same for the browser (`Retry-After`, seconds). */
export const retryAfter = ({ facts: { retryAfterSeconds } }: Pick<Refusal, 'facts'>) =>
  retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };

/** Whether a new code may be the way on (ENR-12): the code is void, or may be. */
export const isHelpedByCode = ({ code }: Pick<Refusal, 'code'>): boolean =>
  ['not-recognised', 'code-expired', 'code-burnt'].some((reason) => code === `enrolment/${reason}`);

/** The numbers of the children among whom one must choose, where that is why (ENR-22). */
export function ranksOf({ code, facts }: Pick<Refusal, 'code' | 'facts'>): string[] | undefined {
  if (code !== 'enrolment/which-child') return undefined;
  return String(facts.ranks).split(' / ');
}
