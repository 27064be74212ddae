import * as z from 'zod';

/** Whose record it is about. */
export type Whose = 'self' | 'child';

const typed = z.string().max(200).default('');

/** A form as it was sent: whatever was typed, so that it can be shown again beside what is wrong with it. */
export const ObjectionForm = z.strictObject({
  /** Of this showing of the form: sent twice, it has one effect and one answer. */
  key: z.string().regex(/^[a-z0-9]{26}$/),
  ...{ nir: typed, cardSerial: typed, code: typed },
  ...{ birthDate: typed, rank: typed, certifies: typed },
});
export type ObjectionForm = z.infer<typeof ObjectionForm>;

/** The form for a new code, as it was sent; sent twice within seconds it is one wish, as for the API. */
export const CodeForm = z.strictObject({
  ...{ nir: typed, cardSerial: typed, birthDate: typed, rank: typed, by: typed },
});
export type CodeForm = z.infer<typeof CodeForm>;
