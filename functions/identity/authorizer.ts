/**
 * The one authorizer of the gateway. It reads the issuers from ISSUERS and nothing else of AWS, so it
 * holds no right. The gateway allows it 29 s; a caller should not wait that long for a "no".
 */
export const authorizer = {
  entry: 'authorizer',
  timeoutSeconds: 10,
  memoryMb: 512,
  rights: {},
} as const;
