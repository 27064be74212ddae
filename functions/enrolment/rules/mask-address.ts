/** An e-mail address as it may be shown: enough for its owner to know it again. */
export function maskAddress(address: string): string {
  const at = address.lastIndexOf('@');
  const [name, domain] = [address.slice(0, at), address.slice(at + 1)];
  const dot = domain.lastIndexOf('.');
  const first = (text: string): string => `${[...text][0] ?? ''}•••`;
  return `${first(name)}@${first(domain.slice(0, dot))}${domain.slice(dot)}`;
}
