import type { Guardian } from '#shared/kernel/guardian.ts';
import type { StatusWord } from '#shared/kernel/status.ts';

/** Whether a child's record stands in a guardian's list: it names him by one of his names, and it is an active minor's. */
export function isProfile(
  {
    status,
    guardians,
  }: { readonly status: StatusWord; readonly guardians?: readonly Guardian[] | undefined },
  guardian: readonly string[],
  isMinor: boolean,
): boolean {
  return (
    isMinor &&
    status === 'activated' &&
    guardians?.some(({ holder }) => guardian.includes(holder)) === true
  );
}
