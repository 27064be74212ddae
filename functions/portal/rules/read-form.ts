import { OppositionRequest } from '#functions/enrolment/schema-public.ts';
import type { ObjectionForm, Whose } from '../schema.ts';
import { sentenceFor } from './sentences.ts';

/** What is wrong, by field, as sentences. */
export type Wrong = Readonly<Partial<Record<Exclude<keyof ObjectionForm, 'key'>, string>>>;

export type ReadForm =
  | { readonly ok: true; readonly request: OppositionRequest }
  | { readonly ok: false; readonly wrong: Wrong };

const fields = ['nir', 'cardSerial', 'birthDate', 'rank', 'certifies', 'code'] as const;

/** A day as people write it (`5/3/2015`, `05 03 2015`) as `YYYY-MM-DD`; anything else as it is. */
export function dayOf(typed: string): string {
  const [, day, month, year] = /^\s*(\d{1,2})\D{1,3}(\d{1,2})\D{1,3}(\d{4})\s*$/.exec(typed) ?? [];
  if (day === undefined || month === undefined || year === undefined) return typed.trim();
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function childOf({ birthDate, rank, certifies }: ObjectionForm): unknown {
  const answers = { yes: true, no: false } as const;
  return {
    birthDate: dayOf(birthDate),
    ...(rank.trim() === '' ? {} : { rank: Number(rank) }),
    certifies: certifies === 'yes' || certifies === 'no' ? answers[certifies] : undefined,
  };
}

/** The objection that a form asks for, by the very schema of the API, or a sentence for each wrong field. */
export function readForm(form: ObjectionForm, whose: Whose): ReadForm {
  const { nir, cardSerial, code } = form;
  const read = OppositionRequest.safeParse({
    ...{ nir: nir.trim(), cardSerial: cardSerial.replace(/\s/g, ''), code: code.trim() },
    ...(whose === 'child' ? { child: childOf(form) } : {}),
  });
  if (read.success) return { ok: true, request: read.data };
  const wrong = new Map<string, string>();
  for (const { path } of read.error.issues) {
    const field = fields.find((name) => name === path.at(-1));
    if (field) wrong.set(field, sentenceFor(field, form[field]));
  }
  return {
    ok: false,
    wrong: Object.fromEntries(
      fields.flatMap((name) => {
        const sentence = wrong.get(name);
        return sentence === undefined ? [] : [[name, sentence]];
      }),
    ),
  };
}
