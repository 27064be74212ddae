import { addDays } from '#shared/kernel/calendar.ts';
import type { WaveTold } from './counted.ts';
import type { StoryTold } from './play.ts';
import { territory } from './territories.ts';

const day = (text: string) =>
  new Intl.DateTimeFormat('fr-FR', { dateStyle: 'long', timeZone: 'UTC' }).format(
    Date.parse(`${text}T12:00:00Z`),
  );
const many = (count: number, one: string, more: string) =>
  `${count.toLocaleString('fr-FR')} ${count > 1 ? more : one}`;

function sentences(wave: WaveTold): string {
  const places = Object.entries(wave.departments)
    .map(([code, count]) => `${territory(code).name} (${many(count, 'personne', 'personnes')})`)
    .join(', ');
  const lastDay = addDays(wave.sendOn, 42);
  return [
    `Le ${day(wave.sendOn)}, ${places}.`,
    `  ${many(wave.informed, 'personne informée', 'personnes informées')} par courriel ; ${many(wave.byLetter, 'attend', 'attendent')} une lettre (aucun délai ne court pour elles).`,
    `  Le délai a pris fin le ${day(lastDay)} à minuit (heure de Paris) : ${many(wave.objected, 'opposition', 'oppositions')}, ${many(wave.opened, 'espace ouvert', 'espaces ouverts')}.`,
  ].join('\n');
}

/** The story as a person would tell it, in French. */
export function tell(story: StoryTold): string {
  const { midnight, wrong } = story;
  const lines = [
    '',
    `Récit n° ${story.cohort} : ${many(story.people, 'assuré', 'assurés')} d’Occitanie.`,
    `Le fichier de l’assurance maladie est arrivé : ${many(story.import.imported, 'personne inscrite', 'personnes inscrites')}, ${many(story.import.errors, 'ligne refusée', 'lignes refusées')}.`,
    '',
    ...story.waves.map(sentences),
    '',
    `À 23 h 59 min 59 s, le dernier jour, quelqu’un s’oppose ; sa demande n’est traitée qu’après minuit : ${midnight.intime === 'done' ? 'elle est honorée, l’espace est refermé' : `REFUSÉE (${midnight.intime})`}.`,
    `Une seconde plus tard, quelqu’un d’autre s’oppose : ${midnight.late === 'enrolment/deadline-passed' ? 'c’est trop tard, on le lui dit, et on lui propose la clôture' : `INATTENDU (${midnight.late})`}.`,
    '',
    wrong.length === 0 ? 'Tout s’est passé comme la loi le veut.' : 'Ce qui ne va pas :',
    ...wrong.map((words) => `  - ${words}`),
  ];
  return lines.join('\n');
}
