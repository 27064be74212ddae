/**
 * The one authorizer of the gateway. It reads the issuers from ISSUERS, and of AWS only whether a session at a
 * counter runs. The gateway allows it 29 s; a caller should not wait that long for a "no".
 */
export const authorizer = {
  entry: 'authorizer',
  timeoutSeconds: 10,
  memoryMb: 512,
  rights: { tables: { IDENTITY_TABLE: ['GetItem'] } },
} as const;
