import { columns, type InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { nirKey } from '#shared/kernel/nir.ts';

let born = Math.floor(Math.random() * 500_000);

/** Somebody new to every test, of a département of the test's own. */
export function someone(department: string, change: Partial<InsuredRow> = {}): InsuredRow {
  const thirteen = `285057${String(1_000_000 + born++).slice(-7)}`.padEnd(13, '0');
  const nir = thirteen + nirKey(thirteen);
  return {
    nir,
    birthName: 'DURAND',
    usedName: '',
    givenNames: 'Odette, Marie',
    birthDate: '1985-05-12',
    sex: 'F',
    addressLine: '1 place de la Mairie',
    postcode: '48000',
    city: 'Mende',
    department,
    email: `p${nir}@example.org`,
    cardSerial: nir.slice(2, 13),
    ...change,
  };
}

export const header = columns.join(';');
export const csv = (row: InsuredRow): string => columns.map((column) => row[column]).join(';');
