/** What the clocks of an issuer and of ours may differ by. */
const skewMs = 60_000;

/**
 * Whether somebody proved who he is just now (ENR-42: the password is asked for again): not longer ago
 * than so many seconds. An issuer that does not say when is not believed.
 */
export function isFresh(
  { signedInAt, receivedAt }: { signedInAt: string | undefined; receivedAt: number },
  seconds: number,
): boolean {
  if (signedInAt === undefined) return false;
  const age = receivedAt - Date.parse(signedInAt);
  return age >= -skewMs && age <= seconds * 1000;
}
