export type NirFault =
  | 'nir-length'
  | 'nir-characters'
  | 'nir-first-digit'
  | 'nir-month'
  | 'nir-department'
  | 'nir-key';

export type NirReading =
  | { readonly ok: true; readonly nir: string }
  | { readonly ok: false; readonly reason: NirFault };

const faulty = (reason: NirFault): NirReading => ({ ok: false, reason });

/** The two-digit key of the 13 first characters of a NIR; Corsica counts as 19 (2A) or 18 (2B). */
export function nirKey(thirteen: string): string {
  const number = Number(thirteen.replace('2A', '19').replace('2B', '18'));
  return String(97 - (number % 97)).padStart(2, '0');
}

/**
 * Reads a NIR with its key (ENR-20); spaces and dots do not matter. Laxer than the entry screen:
 * waiting numbers (3, 4, 7, 8), unknown months (20-42, 50-99), birth overseas or abroad are taken.
 */
export function parseNir(text: string): NirReading {
  const nir = text.replace(/[\s.]/g, '').toUpperCase();
  if (nir.length !== 15) return faulty('nir-length');
  if (!/^\d{5}(\d\d|2[AB])\d{8}$/.test(nir)) return faulty('nir-characters');
  if (!/^[123478]/.test(nir)) return faulty('nir-first-digit');
  const month = Number(nir.slice(3, 5));
  const monthFits = (month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50;
  if (!monthFits) return faulty('nir-month');
  if (nir.slice(5, 7) === '00') return faulty('nir-department');
  return nirKey(nir.slice(0, 13)) === nir.slice(13) ? { ok: true, nir } : faulty('nir-key');
}
