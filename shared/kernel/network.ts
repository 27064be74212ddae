/**
 * The network an address belongs to, for counting attempts: the /24 of an IPv4 address, the /64 of an
 * IPv6 one (an IPv4 address written as IPv6 counts as IPv4).
 */
export function networkPrefix(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const ipv4 = /^(\d+\.\d+\.\d+)\.\d+$/.exec(mapped ?? address)?.[1];
  if (ipv4) return `${ipv4}.0/24`;
  const [head = '', tail = ''] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === '' ? [] : tail.split(':');
  const zeros = address.includes('::') ? Math.max(0, 8 - left.length - right.length) : 0;
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  const four = groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, ''));
  return `${four.join(':')}::/64`;
}
