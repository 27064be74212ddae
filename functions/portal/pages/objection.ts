import type { Sender } from '#shared/paper/sender.ts';
import type { Wrong } from '../rules/read-form.ts';
import type { ObjectionForm, Whose } from '../schema.ts';
import { newCode } from './ask-code.ts';
import { field, oneOf, yesOrNo } from './field.ts';
import { type Html, html } from './html.ts';
import { numberFields, rankField } from './numbers.ts';
import { page } from './page.ts';
import { isTold, summary } from './summary.ts';

/** What stands in the form, and what came of sending it. */
export interface Filled {
  readonly whose: Whose;
  readonly form: ObjectionForm;
  readonly wrong: Wrong;
  /** Why it was refused as a whole. */
  readonly refused?: string;
  /** A new code may be the way on. */
  readonly isHelpedByCode?: boolean;
  /** The numbers among which who gave a right code has to choose (ENR-22). */
  readonly ranks?: readonly string[];
}

const titles = {
  self: 'Refuser mon espace',
  child: 'Refuser l’espace de mon enfant',
} as const satisfies Record<Whose, string>;

/** Where a new code is asked for (ENR-12), seen from a form for objecting. */
const askingFor = {
  self: 'nouveau-code',
  child: 'nouveau-code-pour-un-enfant',
} as const satisfies Record<Whose, string>;

/** The form for objecting (ENR-40, ENR-23). What was typed stays, but for the code. */
export function objectionPage(filled: Filled, sender: Sender): string {
  const { whose, form, wrong, refused, isHelpedByCode } = filled;
  const isChilds = whose === 'child';
  const way = isHelpedByCode
    ? html`<p><a href="${askingFor[whose]}">${newCode}</a></p>`
    : undefined;
  const told = { wrong, refused, way };
  const main = html`${summary(told)}<p>Remplissez les lignes ci-dessous, puis appuyez sur le bouton. Vous recevrez une preuve.</p>
<form method="post" novalidate>
<input type="hidden" name="key" value="${form.key}">
${numberFields(whose, filled)}${isChilds ? childFields(filled) : undefined}${field({
  ...{ name: 'code', label: 'Le code du courrier', value: '', wrong: wrong.code, keyboard: 'text' },
  hint: 'Douze lettres et chiffres, par exemple 7K3M-9QX2-T4WB. Majuscules et tirets ne comptent pas.',
})}<p><button class="act" type="submit">${titles[whose]}</button></p>
</form>
<p><a href="${askingFor[whose]}">Je n’ai pas de code, ou il a expiré</a></p>
<p><a href="../courrier">Revenir à la page précédente, sans refuser</a></p>`;
  return page({ title: titles[whose], main, sender, isWrong: isTold(told) });
}

const childFields = ({ form, wrong, ranks }: Filled): Html =>
  html`${field({
    ...{ name: 'birthDate', label: 'La date de naissance de votre enfant', value: form.birthDate },
    ...{ hint: 'Jour, mois, année : par exemple 05/03/2015.', keyboard: 'numeric' as const },
    wrong: wrong.birthDate,
  })}${ranks === undefined ? rankField({ form, wrong }, whichNumber) : rankChoice(ranks)}${yesOrNo({
    ...{ name: 'certifies', label: 'Êtes-vous le représentant légal de cet enfant ?' },
    ...{ value: form.certifies, wrong: wrong.certifies },
    hint: 'Son père, sa mère ou son tuteur. Si vous répondez non, son espace ne sera pas ouvert automatiquement.',
  })}`;

const whichNumber = 'Il est écrit dans le courrier. Sinon, ne mettez rien.';

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
