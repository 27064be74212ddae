import type { Purpose } from '#shared/access/decide.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { parisBounds } from '#shared/kernel/calendar.ts';
import type { ActorType, Group, HistoryEntry } from '../schema.ts';
import { actOf } from './acts.ts';

/** Instants in milliseconds, both included. */
export interface Bounds {
  readonly begin: number;
  readonly end: number;
}

export const always: Bounds = { begin: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY };

/** From the first millisecond of one day in Paris to the last of another. */
export function boundsOf({
  from,
  until,
}: {
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}): Bounds {
  return {
    begin: from === undefined ? always.begin : parisBounds(from).begin,
    end: until === undefined ? always.end : parisBounds(until).end,
  };
}

/**
 * Whether a reader may be shown a line; whatever is not written here is not shown. A minor's secret is shown to
 * himself only, never to who acts for him (MIN-14).
 */
export const isShown = (line: JournalLine, as: Purpose): boolean =>
  line.visible === 'holder' || (as === 'own-record' && line.visible === 'minor-secret');

/** Whether a line is of a time and group. */
export function isWithin(line: JournalLine, { begin, end }: Bounds, group?: Group): boolean {
  const at = Date.parse(line.at);
  if (at < begin || at > end) return false;
  return group === undefined || actOf(line.action).group === group;
}

type Kind = JournalLine['actor']['kind'];

const types: Readonly<Record<Exclude<Kind, 'system' | 'anonymous'>, ActorType>> = {
  holder: 'PATIENT',
  guardian: 'PATIENT',
  carer: 'PATIENT',
  professional: 'HEALTHCARE_PROFESSIONAL',
  establishment: 'HEALTHCARE_FACILITY',
  agent: 'SUPPORT',
  app: 'SERVICE_TIERS',
};

/** Who acted, in the words of ACC-53. Before an account exists it is the enrolment that acts, or somebody with a code. */
export function actorType({ actor, action }: JournalLine): ActorType {
  if (actor.kind !== 'system' && actor.kind !== 'anonymous') return types[actor.kind];
  return action.startsWith('enrolment/') ? 'ENROLMENT' : 'SYSTEM';
}

const unnamed: Readonly<Record<Kind, string>> = {
  holder: 'Vous',
  guardian: 'Votre représentant légal',
  carer: 'Votre aidant',
  professional: 'Professionnel de santé',
  establishment: 'Établissement de santé',
  agent: 'Conseiller',
  app: 'Service du catalogue',
  system: 'Mon espace santé',
  anonymous: 'Personne non connectée',
};

/** Who acted, by name and house where the line has them; holder, guardian and carer are never named. */
export function actorName({ actor: { id, kind, name, structure } }: JournalLine): string {
  // Signed in, but whose record it is was not decided yet: most often he is the holder himself.
  if (kind === 'anonymous' && id.startsWith('account-'))
    return 'Compte pas encore rattaché à votre espace';
  if (kind === 'holder' && structure !== undefined)
    return `${unnamed.holder}, avec l’aide de ${structure}`;
  // Of a wrong merge: neither person is named to the other.
  if (kind === 'anonymous' && id === 'other-record') return 'Titulaire d’un autre espace';
  const named = kind === 'professional' || kind === 'establishment' || kind === 'app';
  const words = [named ? name : undefined, kind === 'agent' || named ? structure : undefined];
  const [first, second] = words.filter((word) => word !== undefined);
  if (first === undefined) return unnamed[kind];
  if (kind === 'agent') return `${unnamed.agent}, ${first}`;
  return second === undefined || second === first ? first : `${first}, ${second}`;
}

/** A line as the holder reads it (ACC-53). */
export function entryOf(line: JournalLine): HistoryEntry {
  const { group, told } = actOf(line.action);
  return {
    id: line.id,
    actorType: actorType(line),
    actorDisplayName: actorName(line),
    actionDate: line.at,
    actionDescription: line.outcome === 'refused' ? `Tentative refusée : ${inside(told)}` : told,
    group,
    outcome: line.outcome,
    mode: line.mode ?? 'normal',
  };
}

/** The words within a sentence: its first letter small. */
const inside = (told: string): string => told.charAt(0).toLowerCase() + told.slice(1);
