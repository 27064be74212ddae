import type { SuspendedRecord } from './schema-stops.ts';
import type { Suspended } from './stored.ts';

/** A suspension as supervisors and its holder are told of it. */
export function toldSuspension(status: Suspended): SuspendedRecord {
  const { suspension, suspendedAt, closeFrom, objectedAt } = status;
  return {
    ...{ status: 'suspended', ...suspension, suspendedAt, closeFrom },
    ...(objectedAt === undefined ? {} : { objectedAt }),
  };
}
