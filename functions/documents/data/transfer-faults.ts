/** Why a package is refused, told in its receipt. */
export const transferFaults = [
  /** Not JSON, too large, or not of the format. */
  'manifest-unreadable',
  /** It names another transfer than its key. */
  'manifest-elsewhere',
  /** A list is longer or shorter than was said. */
  'count-differs',
  /** The lists are not those that were hashed. */
  'list-differs',
  /** Two documents under one identifier of their producer, or two in one object. */
  'named-twice',
  /** Nobody has this INS and birth date, or his record has ended. */
  'unknown-owner',
  /** Another package of the same DMP was complete before. */
  'other-package',
  'resource-unsound',
  'resource-of-another',
  'content-missing',
  'size-differs',
  'hash-differs',
] as const;
export type TransferFault = (typeof transferFaults)[number];
