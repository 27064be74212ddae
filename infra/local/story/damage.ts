import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';

const Row = z.object({ segments: z.string() });
const Segments = z.array(z.object({ file: z.string() })).min(1);
const Item = z.object({ ObjectJSON: z.instanceof(Uint8Array) });

/** A text in bytes, with the lowest bit of one character behind it turned; again turns it back. */
function turned(bytes: Uint8Array, behind: string): Buffer {
  const changed = Buffer.from(bytes);
  const at = changed.indexOf(behind) + Buffer.byteLength(behind);
  changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
  return changed;
}

/** Turns one bit in the middle of the file that the vault at home wrote last; again turns it back. */
export function turnBitInVault(folder: string, bucket: string): void {
  const catalogue = new DatabaseSync(join(folder, 's3', 's3.sqlite'), { readOnly: true });
  const row = catalogue
    .prepare('SELECT segments FROM object WHERE bucket = ? ORDER BY seq DESC LIMIT 1')
    .get(bucket);
  catalogue.close();
  const [segment] = Segments.parse(JSON.parse(Row.parse(row).segments));
  const file = join(folder, 's3', 'objects', segment?.file ?? '');
  const bytes = readFileSync(file);
  const middle = Math.floor(bytes.length / 2);
  bytes.writeUInt8(bytes.readUInt8(middle) ^ 1, middle);
  writeFileSync(file, bytes);
}

/**
 * Turns one bit of the first line of a holder's changes in the database's own file, behind the back of the
 * system and of the database; again turns it back.
 */
export function turnBitInJournal(folder: string, table: string, holder: string): void {
  const file = join(folder, 'dynamodb', 'data', 'shared-local-instance.db');
  const database = new DatabaseSync(file, { timeout: 5000 });
  try {
    const where = 'WHERE hashKey = ? AND rangeKey = ?';
    // Its keys are kept as bytes.
    const key = [Buffer.from(`${holder}#00`), Buffer.from('000000000001')] as const;
    const found = database.prepare(`SELECT ObjectJSON FROM "${table}" ${where}`).get(...key);
    const line = turned(Item.parse(found).ObjectJSON, '"id":{"S":"');
    database.prepare(`UPDATE "${table}" SET ObjectJSON = ? ${where}`).run(line, ...key);
  } finally {
    database.close();
  }
}

/** A downloaded history with one bit of one line turned. */
export const withBitTurned = (history: string): string =>
  turned(Buffer.from(history), '"id":"').toString();
