/** Why a holder closes his record, if he says so. */
export const closureMotives = ['not-useful', 'privacy', 'moving-abroad', 'other'] as const;
