const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Escapes text for XML; what XML 1.0 cannot carry at all becomes a character reference, as at S3. */
export function escapeXml(text: string): string {
  return text
    .replace(/[&<>"]/g, (sign) => signs[sign] ?? sign)
    .replace(/[\p{Cc}]/gu, (sign) => `&#${sign.codePointAt(0)};`);
}

export type XmlValue = string | number | boolean | undefined | readonly XmlElement[];
export type XmlElement = readonly [name: string, value: XmlValue];

/** An element with its text or its children; left out when undefined. */
export function xml(...elements: readonly XmlElement[]): string {
  return elements
    .map(([name, value]) => {
      if (value === undefined) return '';
      const inner = typeof value === 'object' ? xml(...value) : escapeXml(String(value));
      return `<${name}>${inner}</${name}>`;
    })
    .join('');
}

export const xmlDocument = (root: XmlElement) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${xml(root)}`;
