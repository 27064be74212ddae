import type { Whose } from '../schema.ts';
import { field } from './field.ts';
import { type Html, html } from './html.ts';

interface Typed {
  readonly form: Readonly<Record<'nir' | 'cardSerial' | 'rank', string>>;
  readonly wrong: Readonly<Partial<Record<'nir' | 'cardSerial' | 'rank', string>>>;
}

/** The two numbers by which one says who one is, or whose parent. */
export function numberFields(whose: Whose, { form, wrong }: Typed): Html {
  const isChilds = whose === 'child';
  return html`${field({
    ...{ name: 'nir', value: form.nir, wrong: wrong.nir, keyboard: 'text' },
    label: isChilds
      ? 'Votre numéro de sécurité sociale, celui du parent'
      : 'Votre numéro de sécurité sociale',
    hint: 'Il est écrit sur la carte Vitale : 13 chiffres, puis une clé de 2 chiffres.',
  })}${field({
    ...{ name: 'cardSerial', value: form.cardSerial, wrong: wrong.cardSerial, keyboard: 'numeric' },
    label: isChilds
      ? 'Le numéro de la carte Vitale où votre enfant est inscrit'
      : 'Le numéro de votre carte Vitale',
    hint: 'Il est écrit sur la carte, à part du numéro de sécurité sociale. Ce sont des chiffres.',
  })}`;
}

/** Which of several children who were born on one day (ENR-22). */
export const rankField = ({ form, wrong }: Typed, hint: string): Html =>
  field({
    name: 'rank',
    label: 'Son numéro, seulement si plusieurs de vos enfants sont nés ce jour-là',
    ...{ hint, value: form.rank, wrong: wrong.rank, keyboard: 'numeric' },
  });
