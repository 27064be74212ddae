import * as z from 'zod';
import type { Item } from './read-tables.ts';
import type { StatusItem } from './records.ts';

const Contest = z.looseObject({ pk: z.string(), holder: z.string(), dueSk: z.string().optional() });
const Suspension = z.looseObject({ suspension: z.looseObject({ reference: z.string() }) });

/** Who objected to his suspension stands in the list of those who wait for a decision (ENR-45), and nobody else does. */
export function contestFaults(items: readonly Item[], statuses: readonly StatusItem[]): string[] {
  const listed = items
    .filter(({ sk, duePk }) => sk === 'CONTEST' && duePk === 'CONTESTED')
    .map((item) => Contest.parse(item))
    .map(({ pk, holder, dueSk }) => `${pk}: ${dueSk} of ${holder}`);
  const waiting = statuses
    .filter(({ status, objectedAt }) => status === 'suspended' && objectedAt !== undefined)
    .map((status) => {
      const { reference } = Suspension.parse(status).suspension;
      const { objectedAt, holder } = status;
      return `CONTEST#${reference}: ${objectedAt}#${reference}#${holder} of ${holder}`;
    });
  return [
    ...waiting
      .filter((one) => !listed.includes(one))
      .map((one) => `${one}: objected to his suspension, and is not in the list`),
    ...listed
      .filter((one) => !waiting.includes(one))
      .map((one) => `${one}: in the list of suspensions, and does not wait`),
  ];
}
