/**
 * Stands for the parts of the Encryption SDK that sign with elliptic curves. We use its unsigned,
 * committing suites only, and the arithmetic for the others weighs 111 KiB in every function that opens
 * a sealed item. Whoever asks for a signing suite is told so.
 */
function never(): never {
  throw new Error('This bundle carries no signing suite: use the unsigned, committing one.');
}

export const decodeNamedCurves = {};
export const encodeNamedCurves = {};
export const publicKeyPem = never;
export const privateKeyPem = never;
