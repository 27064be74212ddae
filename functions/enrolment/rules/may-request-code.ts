import type { Code, Status } from '../stored.ts';

/** What is known of somebody who asks for a new code. Instants are milliseconds. */
export interface Request {
  readonly status: Status | undefined;
  readonly code: Code | undefined;
  readonly cardFits: boolean;
  readonly birthFits: boolean;
  readonly softFailures: number;
  readonly receivedAt: number;
}

/** Whether a new code is sent (ENR-12): the facts fit, an address is known, and the last one is not too fresh. */
export function mayRequestCode(
  { status, code, cardFits, birthFits, softFailures, receivedAt }: Request,
  limits: { softPerHour: number; resendSeconds: number },
): boolean {
  if (!status || !cardFits || !birthFits || softFailures >= limits.softPerHour) return false;
  if (status.informBy !== 'mail') return false;
  if (status.status !== 'known' && status.status !== 'invited') return false;
  const last = [code?.current?.sentAt, code?.requestedAt]
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1);
  return last === undefined || receivedAt - Date.parse(last) >= limits.resendSeconds * 1000;
}
