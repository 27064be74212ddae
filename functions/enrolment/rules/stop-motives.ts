/** Why an operator suspends a record at once (ENR-45). */
export const suspensionMotives = [
  'fraudulent-use',
  'serious-malfunction',
  'stolen-account',
] as const;
export type SuspensionMotive = (typeof suspensionMotives)[number];

/** By what a death is known (ENR-46): the insurance body's file, or a paper that an agent saw. */
export const deathProofs = ['insurer', 'death-certificate', 'family-book', 'notary'] as const;
export type DeathProof = (typeof deathProofs)[number];
