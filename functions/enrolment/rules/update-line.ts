import * as z from 'zod';
import { type Day, isRealDay } from '#shared/kernel/calendar.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import {
  checkRow,
  checks,
  childColumns,
  columns,
  type InsuredRow,
  mobileColumn,
  placeColumn,
  type RowFault,
  type UpdateField,
} from './insured-row.ts';

/** What the insurance body tells of one person in a file of updates; NIRs without spaces. */
export type Update =
  | { readonly op: 'upsert'; readonly row: InsuredRow; readonly regime?: string }
  | { readonly op: 'left'; readonly nir: string }
  | {
      readonly op: 'death';
      readonly nir: string;
      readonly birthDate: Day;
      readonly diedOn: Day;
    }
  /** Two numbers of one person, or the undoing of that. */
  | { readonly op: 'merge' | 'split'; readonly from: string; readonly into: string };

export type UpdateReading =
  | { readonly ok: true; readonly update: Update }
  | { readonly ok: false; readonly faults: readonly RowFault[] };

const text = z.string();
const row = Object.fromEntries(
  [...columns, ...childColumns, placeColumn, mobileColumn].map((column) => [
    column,
    text.optional(),
  ]),
);
/** The fields of each act, strictly; what they hold is checked after. */
const Line = z.union([
  z.strictObject({ op: z.literal('upsert'), ...row, regime: text.optional() }),
  z.strictObject({ op: z.literal('end'), reason: z.literal('left'), nir: text }),
  z.strictObject({
    ...{ op: z.literal('end'), reason: z.literal('death') },
    ...{ nir: text, birthDate: text, diedOn: text },
  }),
  z.strictObject({ op: z.enum(['merge', 'split']), from: text, into: text }),
]);

const faulty = (field: RowFault['field'], code: string): UpdateReading => ({
  ok: false,
  faults: [{ field, code }],
});

/** Reads one line (a JSON object) of a file of updates, or says what is wrong with it, never with which content. */
export function readUpdate(line: string, today: Day, majority = 18): UpdateReading {
  const given = parsed(line);
  if (given === undefined) return faulty('line', 'not-json');
  const read = Line.safeParse(given);
  if (!read.success) return misshapen(given);
  const said = read.data;
  if (said.op === 'upsert') return upsert(said, { today, majority });
  if (said.op === 'end') {
    const nir = readNir(said.nir);
    if (!nir.ok) return faulty('nir', nir.reason);
    if (said.reason === 'left') return { ok: true, update: { op: 'left', nir: nir.nir } };
    const { birthDate, diedOn } = said;
    const bad = checks.birthDate(birthDate, today);
    if (bad) return faulty('birthDate', bad);
    if (!isRealDay(diedOn)) return faulty('diedOn', 'no-such-day');
    return { ok: true, update: { op: 'death', nir: nir.nir, birthDate, diedOn } };
  }
  const [from, into] = [readNir(said.from), readNir(said.into)];
  if (!from.ok) return faulty('from', from.reason);
  if (!into.ok) return faulty('into', into.reason);
  if (from.nir === into.nir) return faulty('into', 'same');
  return { ok: true, update: { op: said.op, from: from.nir, into: into.nir } };
}

const readNir = (given: string) => parseNir(given.trim());

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** A line of no known shape: the act first, then the ground of an end, else the fields as such. */
function misshapen(given: unknown): UpdateReading {
  const Acts = z.enum(['upsert', 'end', 'merge', 'split']);
  const seen = z
    .looseObject({ op: z.unknown().optional(), reason: z.unknown().optional() })
    .safeParse(given);
  if (!seen.success) return faulty('line', 'not-an-object');
  const { op, reason } = seen.data;
  if (!Acts.safeParse(op).success) return faulty('op', 'unknown');
  if (op === 'end' && reason !== 'left' && reason !== 'death') return faulty('reason', 'unknown');
  return faulty('line', 'fields');
}

/** Any regime there is: a code is data to us, not a list. */
const regimeShape = /^[0-9A-Z]{2,9}$/;

function upsert(
  { op, regime, ...given }: { op: 'upsert'; regime?: string | undefined },
  at: { today: Day; majority: number },
): UpdateReading {
  const checked = checkRow(given, at);
  const badRegime = regime !== undefined && !regimeShape.test(regime);
  const field: UpdateField = 'regime';
  const more = badRegime ? [{ field, code: 'regime-code' }] : [];
  if (!checked.ok) return { ok: false, faults: [...checked.faults, ...more] };
  if (badRegime) return { ok: false, faults: more };
  return { ok: true, update: { op, row: checked.row, ...(regime ? { regime } : {}) } };
}
