import { frenchDay, frenchMinute, parisDay } from '#shared/kernel/calendar.ts';
import type { Fact } from '#shared/paper/paper.ts';
import type { Sender } from '#shared/paper/sender.ts';
import type { Group, HistoryEntry, HistoryPaperQuery } from '../schema.ts';

/** Lines on one paper, at most: some forty sheets. */
export const mostPrinted = 500;

/** A history as it is printed. */
export interface PrintedHistory {
  readonly query: HistoryPaperQuery;
  /** Newest first. */
  readonly entries: readonly HistoryEntry[];
  /** There are older ones. */
  readonly isCut: boolean;
  /** It is a child's, read by who acts for it. */
  readonly isChilds: boolean;
  /** Milliseconds. */
  readonly printedAt: number;
}

const groups: Readonly<Record<Group, string>> = {
  GENERAL: 'la vie de l’espace',
  MEDICAL_DOCUMENT: 'les documents',
  SERVICE_TIERS: 'les services du catalogue',
};

/** What is said of an access that was not an ordinary one; at a counter the name of who acted says it. */
const modes: Readonly<Record<HistoryEntry['mode'], string | undefined>> = {
  normal: undefined,
  assisted: undefined,
  secret: 'Connexion secrète',
  'break-glass': 'En urgence (bris de glace)',
  regulation: 'Par le centre 15 (régulation)',
};

/** What the first sheet says before its lines. */
export function historyWords(printed: PrintedHistory, { phone }: Sender) {
  const { query, entries, isCut, isChilds, printedAt } = printed;
  const whose = isChilds ? 'l’espace de votre enfant' : 'votre espace';
  const oldest = entries.at(-1);
  const last = oldest && frenchDay(parisDay(Date.parse(oldest.actionDate)));
  return {
    title: `Historique de ${whose}`,
    opening: [
      `Qui a consulté ou modifié ${whose}, quand, et ce qui a été fait. Le plus récent est en premier.`,
      `Imprimé le ${frenchMinute(printedAt)}.`,
      ...daysOf(query),
      ...(query.group ? [`Seulement : ${groups[query.group]}.`] : []),
      counted(entries.length),
      ...(isCut && last
        ? [
            `Il y a des lignes plus anciennes. Pour les avoir, demandez une impression jusqu’au ${last}.`,
          ]
        : []),
      ...(isCut && !last
        ? ['Il y a peut-être des lignes plus anciennes. Demandez d’autres jours.']
        : []),
      `Une ligne vous étonne ? Appelez le ${phone}.`,
    ],
  };
}

function daysOf({ from, until }: HistoryPaperQuery): string[] {
  if (from && until) return [`Du ${frenchDay(from)} au ${frenchDay(until)}.`];
  if (from) return [`Depuis le ${frenchDay(from)}.`];
  return until ? [`Jusqu’au ${frenchDay(until)}.`] : [];
}

function counted(lines: number): string {
  if (lines === 0) return 'Il n’y a aucune ligne à imprimer.';
  return lines === 1 ? 'Une ligne.' : `${lines} lignes.`;
}

/** A line: when, then what was done and who did it. Hours are those of Paris. */
export function printedEntry(entry: HistoryEntry): Fact {
  const { actionDate, actionDescription, actorDisplayName, mode } = entry;
  const words = [actionDescription, `Qui : ${actorDisplayName}`, modes[mode]];
  return [
    frenchMinute(Date.parse(actionDate))
      .replace(' à ', '\nà ')
      .replaceAll(/ (?=h)|(?<=h) /g, '\u00a0'),
    words.filter((one) => one !== undefined).join('\n'),
  ];
}
