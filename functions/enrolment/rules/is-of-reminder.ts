import type { Closed, DeletionRequested } from '../stored.ts';

/** Whether a notice, by its name, is that of the reminder of this deletion: it begins with the instant of the act. */
export function isOfReminder(
  notice: string | undefined,
  { remindedAt }: Pick<Closed | DeletionRequested, 'remindedAt'>,
): boolean {
  return (
    remindedAt !== undefined && notice?.startsWith(`${remindedAt.replace(/[-:.]/g, '')}-`) === true
  );
}
