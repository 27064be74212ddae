/** Whole kilobytes of an item, at least one: names and values in UTF-8, binaries decoded, numbers at two digits a byte. */
export function kilobytes(item: unknown): number {
  if (typeof item !== 'object' || item === null) return 1;
  const bytes = Object.entries(item).reduce(
    (sum, [name, value]) => sum + Buffer.byteLength(name) + valueBytes(value),
    0,
  );
  return Math.max(1, Math.ceil(bytes / 1024));
}

function valueBytes(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const [entry] = Object.entries(value);
  if (entry === undefined) return 0;
  const [type, inner] = entry;
  switch (type) {
    case 'S':
      return Buffer.byteLength(String(inner));
    case 'N':
      return Math.ceil(String(inner).replace(/[-.]/g, '').length / 2) + 1;
    case 'B':
      return Buffer.from(String(inner), 'base64').length;
    case 'BOOL':
    case 'NULL':
      return 1;
    case 'L':
      return (
        3 +
        (Array.isArray(inner) ? inner : []).reduce(
          (sum: number, one: unknown) => sum + 1 + valueBytes(one),
          0,
        )
      );
    case 'M':
      return (
        3 +
        Object.entries(Object(inner)).reduce(
          (sum, [name, one]) => sum + 1 + Buffer.byteLength(name) + valueBytes(one),
          0,
        )
      );
    default:
      return (Array.isArray(inner) ? inner : []).reduce(
        (sum: number, one: unknown) => sum + valueBytes({ [type.slice(0, 1)]: one }),
        0,
      );
  }
}
