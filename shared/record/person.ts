import * as z from 'zod';
import { openSmall } from '../sealing/small.ts';
import { itemAt, personKey } from './table.ts';

/** Identity, as the insurance body gave it; sealed where it lies. */
export const Person = z.object({
  nir: z.string(),
  birthName: z.string(),
  usedName: z.string(),
  givenNames: z.string(),
  birthDate: z.string(),
  sex: z.enum(['M', 'F']),
  addressLine: z.string(),
  postcode: z.string(),
  city: z.string(),
  email: z.string().optional(),
  /** Mobile number in E.164, where the insurance body told one. */
  mobile: z.string().optional(),
  /** INSEE code of the commune where he was born, or of the country; where the file told it. */
  birthPlace: z.string().optional(),
  /** Code of his health insurance regime, where the file told one. */
  regime: z.string().optional(),
});
export type Person = z.infer<typeof Person>;

const Sealed = z.object({ sealed: z.instanceof(Uint8Array), version: z.int() });

/** The identity of a person, opened; throws where there is none. */
export async function openPerson(holder: string): Promise<Person> {
  const person = await findPerson(holder);
  if (!person) throw new Error('a person without an identity');
  return person;
}

/** The identity of a person, opened; undefined where it was taken away with the record. */
export async function findPerson(holder: string): Promise<Person | undefined> {
  const found = Sealed.optional().parse(await itemAt(personKey(holder)));
  if (!found) return undefined;
  const { sealed, version } = found;
  return Person.parse(await openSmall(sealed, { holder, kind: 'person', version }));
}
