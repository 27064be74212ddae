/** The states of a record; these words only. */
export const statuses = [
  'known',
  'invited',
  'opposed',
  'open',
  'activated',
  'suspended',
  'closed',
  'deletion-requested',
  'deleting',
  'deleted',
  'deceased',
] as const;
export type StatusWord = (typeof statuses)[number];
