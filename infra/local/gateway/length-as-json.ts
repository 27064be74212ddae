/** How many bytes JSON writes for each byte of a text: control characters as \u00.., five of them in two characters. */
const written = new Uint8Array(256).fill(1);
written.fill(6, 0, 0x20);
for (const short of '"\\\b\t\n\f\r') written[short.charCodeAt(0)] = 2;

/** How many bytes a text (UTF-8) takes as JSON beyond its quotation marks, without writing it. */
export function lengthAsJson(text: Uint8Array): number {
  let length = 0;
  for (let at = 0; at < text.length; at += 1) length += written[text[at] ?? 0] ?? 1;
  return length;
}
