import { OppositionRequest } from '#functions/enrolment/schema-public.ts';
import type { ObjectionForm, Whose } from '../schema.ts';
import { sentenceFor } from './sentences.ts';
import { codeOf, dayOf, faultsOf, numbersOf, rankOf } from './typed.ts';

/** What is wrong, by field, as sentences. */
export type Wrong = Readonly<Partial<Record<Exclude<keyof ObjectionForm, 'key'>, string>>>;

export type ReadForm =
  | { readonly ok: true; readonly request: OppositionRequest }
  | { readonly ok: false; readonly wrong: Wrong };

const fields = ['nir', 'cardSerial', 'birthDate', 'rank', 'certifies', 'code'] as const;

function childOf({ birthDate, rank, certifies }: ObjectionForm): unknown {
  const answers = { yes: true, no: false } as const;
  return {
    birthDate: dayOf(birthDate),
    ...rankOf(rank),
    certifies: certifies === 'yes' || certifies === 'no' ? answers[certifies] : undefined,
  };
}

/** The objection that a form asks for, by the very schema of the API, or a sentence for each wrong field. */
export function readForm(form: ObjectionForm, whose: Whose): ReadForm {
  const read = OppositionRequest.safeParse({
    ...{ ...numbersOf(form), code: codeOf(form.code) },
    ...(whose === 'child' ? { child: childOf(form) } : {}),
  });
  if (read.success) return { ok: true, request: read.data };
  const sentence = (field: (typeof fields)[number]) => sentenceFor(field, form[field]);
  return { ok: false, wrong: faultsOf(read.error, fields, sentence) };
}
