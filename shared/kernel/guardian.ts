/** Who may act in a child's record, as the child's status names him: read at each request. */
export interface Guardian {
  /** The guardian's own record. */
  readonly holder: string;
  /** ISO. */
  readonly since: string;
}

/** At most so many have a child's record at a time (MIN-2). */
export const mostGuardians = 2;
