import type { Sender } from '#shared/paper/sender.ts';
import type { WrongWish } from '../rules/read-code-form.ts';
import type { CodeForm, Whose } from '../schema.ts';
import { field, oneOfWays } from './field.ts';
import { type Html, html } from './html.ts';
import { numberFields, rankField } from './numbers.ts';
import { page } from './page.ts';
import { isTold, summary } from './summary.ts';
import { ways } from './ways.ts';

/** What stands in the form for a new code, and what came of sending it. */
export interface FilledWish {
  readonly whose: Whose;
  readonly form: CodeForm;
  readonly wrong: WrongWish;
  /** Why it was refused as a whole. */
  readonly refused?: string;
}

/** The name by which mails and sheets send people here. */
export const newCode = 'Demander un nouveau code';

const words = {
  self: {
    ...{ title: newCode, refuse: 'refuser', other: 'nouveau-code-pour-un-enfant' },
    birthDate: 'Votre date de naissance',
    example: '12/05/1942',
    toOther: 'Le code est pour mon enfant',
  },
  child: {
    ...{ title: `${newCode} pour mon enfant`, refuse: 'refuser-pour-un-enfant' },
    ...{ birthDate: 'La date de naissance de votre enfant', example: '05/03/2015' },
    ...{ other: 'nouveau-code', toOther: 'Le code est pour moi' },
  },
} as const satisfies Record<Whose, object>;

/** Who waits for a code may let the day go by; without one he is heard by phone and by post (ENR-12). */
export const doNotWait = (sender: Sender): Html =>
  html`<p>Votre date limite pour refuser est proche ? N’attendez pas le code : refusez par téléphone, au ${sender.phone}, ou par courrier signé : ${sender.address.join(', ')}.</p>`;

/** The form for a new code (ENR-12, ENR-22). What was typed stays. */
export function askCodePage(filled: FilledWish, sender: Sender): string {
  const { whose, form, wrong } = filled;
  const { title, birthDate, example, refuse, other, toOther } = words[whose];
  const main = html`${summary(filled)}<p>Vous n’avez pas de code provisoire, ou il ne marche plus ? Remplissez les lignes ci-dessous, puis appuyez sur le bouton.</p>
${doNotWait(sender)}
<form method="post" novalidate>
${numberFields(whose, filled)}${field({
  ...{ name: 'birthDate', label: birthDate, value: form.birthDate, wrong: wrong.birthDate },
  ...{ hint: `Jour, mois, année : par exemple ${example}.`, keyboard: 'numeric' },
})}${whose === 'child' ? rankField(filled, whichNumber) : undefined}${oneOfWays(
  {
    ...{ name: 'by', label: 'Comment voulez-vous recevoir le code ?', value: form.by },
    ...{ hint: whose === 'child' ? toTheParent : toHimself, wrong: wrong.by },
  },
  ways,
)}<p><button class="act" type="submit">${title}</button></p>
</form>
<p><a href="${other}">${toOther}</a></p>
<p><a href="${refuse}">J’ai un code, je veux refuser</a></p>
<p><a href="../courrier">Revenir au début</a></p>`;
  return page({ title, main, sender, isWrong: isTold(filled) });
}

const whichNumber =
  'Par exemple pour des jumeaux : 1 pour l’enfant né le premier, 2 pour le suivant. Sinon, ne mettez rien.';
const toHimself =
  'Il est envoyé seulement aux adresses et au numéro que l’Assurance Maladie connaît pour vous.';
const toTheParent =
  'Il est envoyé au parent, seulement aux adresses et au numéro que l’Assurance Maladie connaît pour lui.';
