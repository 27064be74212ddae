import type { Sender } from '#shared/paper/sender.ts';
import type { Wrong } from '../rules/read-form.ts';
import type { ObjectionForm, Whose } from '../schema.ts';
import { field, oneOf, yesOrNo } from './field.ts';
import { type Html, html } from './html.ts';
import { page } from './page.ts';

/** What stands in the form, and what came of sending it. */
export interface Filled {
  readonly whose: Whose;
  readonly form: ObjectionForm;
  readonly wrong: Wrong;
  /** Why it was refused as a whole. */
  readonly refused?: string;
  /** The numbers among which who gave a right code has to choose (ENR-22). */
  readonly ranks?: readonly string[];
}

const titles = {
  self: 'Refuser mon espace',
  child: 'Refuser l’espace de mon enfant',
} as const satisfies Record<Whose, string>;

/** The form for objecting (ENR-40, ENR-23). What was typed stays, but for the code. */
export function objectionPage(
  { whose, form, wrong, refused, ranks }: Filled,
  sender: Sender,
): string {
  const isChilds = whose === 'child';
  const faults = Object.entries(wrong);
  const whosNir = isChilds
    ? 'Votre numéro de sécurité sociale, celui du parent'
    : 'Votre numéro de sécurité sociale';
  const main = html`${summary(faults, refused)}<p>Remplissez les lignes ci-dessous, puis appuyez sur le bouton. Vous recevrez une preuve.</p>
<form method="post" novalidate>
<input type="hidden" name="key" value="${form.key}">
${field({
  ...{ name: 'nir', label: whosNir, value: form.nir, wrong: wrong.nir, keyboard: 'text' },
  hint: 'Il est écrit sur la carte Vitale : 13 chiffres, puis une clé de 2 chiffres.',
})}${field({
  ...{ name: 'cardSerial', value: form.cardSerial, wrong: wrong.cardSerial, keyboard: 'numeric' },
  label: isChilds
    ? 'Le numéro de la carte Vitale où votre enfant est inscrit'
    : 'Le numéro de votre carte Vitale',
  hint: 'Il est écrit sur la carte, à part du numéro de sécurité sociale. Ce sont des chiffres.',
})}${isChilds ? childFields(form, wrong, ranks) : undefined}${field({
  ...{ name: 'code', label: 'Le code du courrier', value: '', wrong: wrong.code, keyboard: 'text' },
  hint: 'Douze lettres et chiffres, par exemple 7K3M-9QX2-T4WB. Majuscules et tirets ne comptent pas.',
})}<p><button class="act" type="submit">${titles[whose]}</button></p>
</form>
<p><a href="../courrier">Revenir à la page précédente, sans refuser</a></p>`;
  return page({
    title: titles[whose],
    main,
    sender,
    isWrong: faults.length > 0 || refused !== undefined,
  });
}

const childFields = (form: ObjectionForm, wrong: Wrong, ranks: Filled['ranks']): Html =>
  html`${field({
    ...{ name: 'birthDate', label: 'La date de naissance de votre enfant', value: form.birthDate },
    ...{ hint: 'Jour, mois, année : par exemple 05/03/2015.', keyboard: 'numeric' as const },
    wrong: wrong.birthDate,
  })}${ranks === undefined ? rankField(form, wrong) : rankChoice(ranks)}${yesOrNo({
    ...{ name: 'certifies', label: 'Êtes-vous le représentant légal de cet enfant ?' },
    ...{ value: form.certifies, wrong: wrong.certifies },
    hint: 'Son père, sa mère ou son tuteur. Si vous répondez non, son espace ne sera pas ouvert automatiquement.',
  })}`;

const rankField = (form: ObjectionForm, wrong: Wrong): Html =>
  field({
    name: 'rank',
    label: 'Son numéro, seulement si plusieurs de vos enfants sont nés ce jour-là',
    ...{ hint: 'Il est écrit dans le courrier. Sinon, ne mettez rien.', value: form.rank },
    ...{ wrong: wrong.rank, keyboard: 'numeric' },
  });

/** Nothing is chosen before: what was typed and the code do not say the same. */
const rankChoice = (ranks: readonly string[]): Html =>
  oneOf(
    {
      ...{ name: 'rank', label: 'De quel enfant s’agit-il ?', value: '' },
      hint: 'Le numéro de chaque enfant est écrit dans son courrier. Écrivez aussi, plus bas, le code de ce courrier.',
    },
    ranks,
    'Enfant numéro',
  );

/** Read first, also by who hears the page: what is wrong, each with a way to its line. */
function summary(faults: readonly (readonly [string, string])[], refused: string | undefined) {
  if (faults.length === 0 && refused === undefined) return undefined;
  const items = faults.map(
    ([name, words]) => html`<li><a href="#${name}">${capital(words)}</a></li>`,
  );
  const list = items.length === 0 ? undefined : html`<ul>${items}</ul>`;
  const told = refused === undefined ? undefined : html`<p>${refused}</p>`;
  return html`<div class="told" role="alert" tabindex="-1" autofocus>
<h2>${refused === undefined ? 'Il reste quelque chose à corriger' : 'Votre demande n’a pas été enregistrée'}</h2>
${told}${list}
</div>
`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
