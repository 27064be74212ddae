export type RecordReading =
  | { readonly ok: true; readonly fields: readonly string[] }
  | { readonly ok: false; readonly reason: 'broken-quotes' };

/**
 * Reads one record of a `;`-separated file (RFC 4180 quotes; a record never spans lines). Linear in
 * the length of the line, whatever it holds.
 */
export function readRecord(line: string): RecordReading {
  const fields: string[] = [];
  let at = 0;
  for (;;) {
    if (line[at] === '"') {
      let text = '';
      at++;
      for (;;) {
        const quote = line.indexOf('"', at);
        if (quote < 0) return { ok: false, reason: 'broken-quotes' };
        text += line.slice(at, quote);
        at = quote + 1;
        if (line[at] !== '"') break;
        text += '"';
        at++;
      }
      if (at < line.length && line[at] !== ';') return { ok: false, reason: 'broken-quotes' };
      fields.push(text);
    } else {
      const end = line.indexOf(';', at);
      const text = line.slice(at, end < 0 ? undefined : end);
      if (text.includes('"')) return { ok: false, reason: 'broken-quotes' };
      fields.push(text);
      at = end < 0 ? line.length : end;
    }
    if (at >= line.length) return { ok: true, fields };
    at++;
  }
}
