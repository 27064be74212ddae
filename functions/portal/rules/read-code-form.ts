import { CodeRequest } from '#functions/enrolment/schema-public.ts';
import type { CodeForm, Whose } from '../schema.ts';
import { sentenceFor } from './sentences.ts';
import { dayOf, faultsOf, numbersOf, rankOf } from './typed.ts';

/** What is wrong, by field, as sentences. */
export type WrongWish = Readonly<Partial<Record<keyof CodeForm, string>>>;

/** How a code may come: the ways of the API. */
export type Way = NonNullable<CodeRequest['by']>;

export type ReadWish =
  | { readonly ok: true; readonly request: CodeRequest & { readonly by: Way } }
  | { readonly ok: false; readonly wrong: WrongWish };

const fields = ['nir', 'cardSerial', 'birthDate', 'rank', 'by'] as const;

// The API takes a wish that names no way; a form asks, since nothing is chosen before.
const Wish = CodeRequest.required({ by: true });

/** The wish for a code that a form tells (ENR-12, ENR-22), by the schema of the API, or a sentence for each wrong field. */
export function readCodeForm(form: CodeForm, whose: Whose): ReadWish {
  const read = Wish.safeParse({
    ...{ ...numbersOf(form), birthDate: dayOf(form.birthDate), by: form.by },
    ...(whose === 'child' ? { child: rankOf(form.rank) } : {}),
  });
  if (read.success) return { ok: true, request: read.data };
  const sentence = (field: (typeof fields)[number]) =>
    sentenceFor(whose === 'self' && field === 'birthDate' ? 'ownBirthDate' : field, form[field]);
  return { ok: false, wrong: faultsOf(read.error, fields, sentence) };
}
