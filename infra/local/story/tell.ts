import { addDays } from '#shared/kernel/calendar.ts';
import type { WaveTold } from './counted.ts';
import { type FamilyTold, familyFaults } from './family.ts';
import type { OthersTold } from './others.ts';
import { type PairTold, pairFaults } from './pair.ts';
import type { StoryTold } from './play.ts';
import { territory } from './territories.ts';
import type { VaultTold } from './vault.ts';

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

const said = (ok: boolean, words: string, otherwise: string) => (ok ? words : otherwise);

function vaultSentences({ inTime, filed, later, history, verified, found }: VaultTold): string[] {
  const all = found.vault && found.journal && found.download;
  return [
    '',
    `Pendant les six semaines, quelqu’un active son espace : ${said(inTime === 'activated', 'par sa carte, son code et six chiffres reçus par courriel', `REFUSÉ (${inTime})`)}.`,
    `Dans un espace ouvert de lui-même, un hôpital dépose un compte rendu : ${said(filed === 'filed', 'il est scellé, et le titulaire prévenu', `REFUSÉ (${filed})`)}. Un mois plus tard, le titulaire l’active et le lit : ${said(later === 'activated', 'oui', `REFUSÉ (${later})`)}.`,
    `Son historique (${many(history.length, 'ligne', 'lignes')}) se vérifie : ${verified ? 'oui' : 'NON'}. Un seul bit changé dans le coffre, dans le journal ou dans l’historique téléchargé se voit : ${all ? 'oui' : 'NON'}.`,
  ];
}

function otherSentences({ post, caller, writer, leaving }: OthersTold): string[] {
  const left = leaving.acts.every((act) => act === 'done') && leaving.certificate;
  return [
    '',
    `Un courriel revient, d’autres n’ont pas d’adresse : ${many(post.posted, 'lettre est postée', 'lettres sont postées')}, ${many(post.returned, 'revient', 'reviennent')} ; le délai court du jour de la poste.`,
    `Quelqu’un s’oppose par téléphone : ${said(caller === 'done', 'c’est enregistré', `REFUSÉ (${caller})`)}. Une lettre d’opposition écrite à temps arrive après l’ouverture : ${said(writer === 'done', 'l’espace est refermé', `REFUSÉ (${writer})`)}.`,
    `Un titulaire ferme son espace, le rouvre, puis en demande la suppression : ${said(left, 'elle est faite après un mois, clé détruite, et l’attestation se vérifie hors ligne', `PAS FAITE (${leaving.acts.join(', ')})`)}.`,
  ];
}

function familySentences(family: FamilyTold): string[] {
  const wrong = familyFaults(family);
  return [
    '',
    `Une mère active les espaces de ses jumelles et invite le père dans l’un d’eux. Il en demande la fermeture, elle l’arrête : ${said(wrong.length === 0, 'l’espace reste ouvert', `INATTENDU (${wrong.join(', ')})`)}.`,
  ];
}

function pairSentences(pair: PairTold): string[] {
  const wrong = pairFaults(pair);
  return [
    `Deux numéros sont réunis par erreur, puis séparés : ${said(wrong.length === 0, 'chacun retrouve les documents qui étaient adressés à son numéro', `INATTENDU (${wrong.join(', ')})`)}.`,
  ];
}

/** The story as a person would tell it, in French. */
export function tell(story: StoryTold): string {
  const { midnight, vault, others, family, pair, wrong } = story;
  const lines = [
    '',
    `Récit n° ${story.cohort} : ${many(story.people, 'assuré', 'assurés')} d’Occitanie.`,
    `Le fichier de l’assurance maladie est arrivé : ${many(story.import.imported, 'personne inscrite', 'personnes inscrites')}, ${many(story.import.errors, 'ligne refusée', 'lignes refusées')}.`,
    '',
    ...story.waves.map(sentences),
    '',
    `À 23 h 59 min 59 s, le dernier jour, quelqu’un s’oppose ; sa demande n’est traitée qu’après minuit : ${midnight.intime === 'done' ? 'elle est honorée, l’espace est refermé' : `REFUSÉE (${midnight.intime})`}.`,
    `Une seconde plus tard, quelqu’un d’autre s’oppose : ${midnight.late === 'enrolment/deadline-passed' ? 'c’est trop tard, on le lui dit, et on lui propose la clôture' : `INATTENDU (${midnight.late})`}.`,
    ...vaultSentences(vault),
    ...otherSentences(others),
    ...familySentences(family),
    ...pairSentences(pair),
    ...(story.years === undefined
      ? []
      : [
          `Dix ans après, ${said(story.years === 'forgotten', 'il ne reste plus rien de l’espace supprimé, ni trace ni attestation', `IL RESTE QUELQUE CHOSE (${story.years})`)}.`,
        ]),
    '',
    wrong.length === 0 ? 'Tout s’est passé comme la loi le veut.' : 'Ce qui ne va pas :',
    ...wrong.map((words) => `  - ${words}`),
  ];
  return lines.join('\n');
}
