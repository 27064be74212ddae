import type { Permission } from '#infra/local/door/rights.ts';

/** How a world is started. */
export interface WorldOptions {
  /** Where all its data lies; `.local` unless given. */
  readonly folder?: string;
  /** Gateway; console, issuer and door take the next three. 0: any free ports. 8460 unless given. */
  readonly port?: number;
  /** World time of a new folder (ms); the machine's now unless given. */
  readonly at?: number;
  /** Throws away what the folder holds. */
  readonly fresh?: boolean;
  /** Keeps nothing: data live in memory and end with the process. */
  readonly memory?: boolean;
  /** Permissions taken out of the template, to show that a test misses them. */
  readonly without?: readonly Permission[];
  /** Watches functions/ and shared/ and takes new code in. */
  readonly watch?: boolean;
  readonly say?: (line: string) => void;
}

export const defaultPort = 8460;
export const defaultFolder = '.local';

/** A start that cannot go on, told in one sentence to the person at the keyboard. */
export class CannotStart extends Error {
  override readonly name = 'CannotStart';
}
