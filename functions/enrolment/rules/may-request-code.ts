import type { Code, Status } from '../stored.ts';

/** What is known of somebody who asks for a new code. Instants are milliseconds. */
export interface Request {
  readonly status: Status;
  readonly code: Code | undefined;
  readonly cardFits: boolean;
  readonly birthFits: boolean;
  /** Wishes of this network for this person in this hour, this one left out. */
  readonly asked: number;
  readonly receivedAt: number;
}

/** Whether a new code is sent, or why not: told to agents, to nobody else. */
export type Verdict =
  | 'yes'
  | 'card-mismatch'
  | 'birth-mismatch'
  | 'too-many-wishes'
  | 'no-address'
  | 'too-soon';

/**
 * Whether a new code is sent (ENR-12): the facts fit, an address is known, and the last one is not too
 * fresh. Whoever decided may ask as well: with it he activates later (ENR-41), or links another account.
 */
export function mayRequestCode(
  { status, code, cardFits, birthFits, asked, receivedAt }: Request,
  limits: { softPerHour: number; resendSeconds: number },
): Verdict {
  if (!cardFits) return 'card-mismatch';
  if (!birthFits) return 'birth-mismatch';
  if (asked >= limits.softPerHour) return 'too-many-wishes';
  if (status.informBy !== 'mail') return 'no-address';
  const last = [code?.current?.sentAt, code?.requestedAt]
    .flatMap((at) => at ?? [])
    .sort()
    .at(-1);
  const fresh = last !== undefined && receivedAt - Date.parse(last) < limits.resendSeconds * 1000;
  return fresh ? 'too-soon' : 'yes';
}
