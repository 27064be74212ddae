import { CsvError, parse } from 'csv-parse/sync';

export type RecordReading =
  | { readonly ok: true; readonly fields: readonly string[] }
  | { readonly ok: false; readonly reason: 'broken-quotes' };

/** Reads one record of a `;`-separated file (RFC 4180 quotes; a record never spans lines). */
export function readRecord(line: string): RecordReading {
  try {
    const [fields = ['']] = parse(line, { delimiter: ';', record_delimiter: '\n' });
    return { ok: true, fields };
  } catch (error) {
    if (error instanceof CsvError) return { ok: false, reason: 'broken-quotes' };
    throw error;
  }
}
