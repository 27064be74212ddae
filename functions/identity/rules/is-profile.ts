import type { Guardian } from '#shared/kernel/guardian.ts';
import type { StatusWord } from '#shared/kernel/status.ts';

/** Whether a child's record stands in a guardian's list: it names him, and it is an active minor's. */
export function isProfile(
  {
    status,
    guardians,
  }: { readonly status: StatusWord; readonly guardians?: readonly Guardian[] | undefined },
  guardian: string,
  isMinor: boolean,
): boolean {
  return (
    isMinor &&
    status === 'activated' &&
    guardians?.some(({ holder }) => holder === guardian) === true
  );
}
