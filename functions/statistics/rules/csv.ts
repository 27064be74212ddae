import type { PublishedCell } from '../schema.ts';
import type { Period } from './days.ts';
import { type Situation, situations } from './situation.ts';

/** What a situation is called on the screen. */
const words: Readonly<Record<Situation, string>> = {
  'not-informed': 'pas encore informé',
  waiting: 'délai d’opposition en cours',
  opposed: 'opposition',
  open: 'espace ouvert',
  activated: 'espace activé',
  closed: 'espace fermé',
};

const channels: Readonly<Record<string, string>> = {
  mail: 'courriel',
  letter: 'courrier',
  unknown: 'non connu',
};

/** The decade in which people were born, in words; the eldest are told together. */
export function cohortInWords(cohort: string): string {
  if (cohort === 'unknown') return 'année de naissance non connue';
  if (cohort === '1900') return 'né(e)s avant 1910';
  return `né(e)s de ${cohort} à ${Number(cohort) + 9}`;
}

const waveInWords = (wave: string): string => (wave === 'none' ? 'aucune ou autre' : wave);

/** A field as RFC 4180 has it; the separator is the semicolon of French spreadsheets. */
const field = (text: string): string =>
  /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
const line = (fields: readonly string[]): string => `${fields.map(field).join(';')}\r\n`;
const table = (rows: readonly (readonly string[])[]): string => rows.map(line).join('');

const stateOf = ({ count, asOf }: PublishedCell, edition: string): string =>
  count === null ? 'masqué' : asOf === edition ? 'à jour' : 'repris d’une édition précédente';

/** The cells of an edition as a table: a hidden number is an empty field, and a column says so. */
export function situationsCsv(edition: string, cells: readonly PublishedCell[]): string {
  const header = [
    ...['situation', 'département', 'vague', 'tranche de naissance', 'information par'],
    ...['nombre', 'état du nombre', 'édition du nombre'],
  ];
  const rows = cells.map((cell) => {
    const { situation, department = '', wave, cohort, channel, count, asOf } = cell;
    return [
      situation === undefined ? 'ensemble' : words[situation],
      department,
      wave === undefined ? '' : waveInWords(wave),
      cohort === undefined ? '' : cohortInWords(cohort),
      channel === undefined ? '' : (channels[channel] ?? channel),
      count === null ? '' : String(count),
      stateOf(cell, edition),
      asOf ?? '',
    ];
  });
  return table([header, ...rows]);
}

/** The series of days as a table, one line a period; a hidden number is an empty field. */
export function daysCsv(periods: readonly Period[]): string {
  const header = [
    ...['premier jour', 'dernier jour', 'ensemble'],
    ...situations.map((name) => words[name]),
    'situations masquées',
  ];
  const rows = periods.map(({ first, last, total, counts }) => {
    const told = situations.map((name) => counts[name]);
    return [
      ...[first, last, String(total)],
      ...told.map((count) => (count === undefined ? '' : String(count))),
      String(told.filter((count) => count === undefined).length),
    ];
  });
  return table([header, ...rows]);
}
