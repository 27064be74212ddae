/** Whether this can be an e-mail address: at most 254 characters, one @, a domain of two parts at least. */
export function isAddress(text: string): boolean {
  if (text.length > 254) return false;
  return /^[^\s@"<>(),;:\\[\]\p{Cc}]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/u.test(text);
}
