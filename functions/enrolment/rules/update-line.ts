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

/** A child who has no NIR yet: his guardian's, his birth date, and which of several who were born on that day (ENR-22). */
export interface ChildName {
  readonly guardianNir: string;
  readonly birthDate: Day;
  readonly rank: number;
}

/** Whom a line means: by his NIR, or as somebody's child. */
export type Named = string | ChildName;

type Who = { readonly nir: string } | { readonly child: ChildName };

/** What the insurance body tells of one person in a file of updates; NIRs without spaces. */
export type Update =
  | { readonly op: 'upsert'; readonly row: InsuredRow; readonly regime?: string }
  | ({ readonly op: 'left' } & Who)
  | ({ readonly op: 'death'; readonly birthDate: Day; readonly diedOn: Day } & Who)
  /** Two records or numbers of one person, or the undoing of that. */
  | { readonly op: 'merge' | 'split'; readonly from: Named; readonly into: Named };

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
const asChild = { guardianNir: text, birthDate: text, rank: text.optional() };
const one = z.union([text, z.strictObject(asChild)]);
/** The fields of each act, strictly; what they hold is checked after. */
const Line = z.union([
  z.strictObject({ op: z.literal('upsert'), ...row, regime: text.optional() }),
  z.strictObject({ op: z.literal('end'), reason: z.literal('left'), nir: text }),
  z.strictObject({
    ...{ op: z.literal('end'), reason: z.literal('death') },
    ...{ nir: text, birthDate: text, diedOn: text },
  }),
  z.strictObject({ op: z.literal('end'), reason: z.literal('left'), ...asChild }),
  z.strictObject({ op: z.literal('end'), reason: z.literal('death'), ...asChild, diedOn: text }),
  z.strictObject({ op: z.enum(['merge', 'split']), from: one, into: one }),
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
  if (said.op === 'end') return end(said, today);
  const [from, into] = [readNamed(said.from, today), readNamed(said.into, today)];
  if ('fault' in from) return faulty('from', from.fault.code);
  if ('fault' in into) return faulty('into', into.fault.code);
  if (JSON.stringify(from.named) === JSON.stringify(into.named)) return faulty('into', 'same');
  return { ok: true, update: { op: said.op, from: from.named, into: into.named } };
}

type End = Extract<z.infer<typeof Line>, { op: 'end' }>;

function end(said: End, today: Day): UpdateReading {
  const who = readNamed('nir' in said ? said.nir : said, today);
  if ('fault' in who) return { ok: false, faults: [who.fault] };
  const whom = typeof who.named === 'string' ? { nir: who.named } : { child: who.named };
  if (said.reason === 'left') return { ok: true, update: { op: 'left', ...whom } };
  const { birthDate, diedOn } = said;
  const bad = checks.birthDate(birthDate, today);
  if (bad) return faulty('birthDate', bad);
  if (!isRealDay(diedOn)) return faulty('diedOn', 'no-such-day');
  return { ok: true, update: { op: 'death', ...whom, birthDate, diedOn } };
}

type Naming = string | { guardianNir: string; birthDate: string; rank?: string | undefined };

/** Whom a line names, or the first thing that is wrong with it. A child alone has the rank 1. */
function readNamed(given: Naming, today: Day): { named: Named } | { fault: RowFault } {
  if (typeof given === 'string') {
    const nir = readNir(given);
    return nir.ok ? { named: nir.nir } : { fault: { field: 'nir', code: nir.reason } };
  }
  const { birthDate, rank = '' } = given;
  const guardian = readNir(given.guardianNir);
  if (!guardian.ok) return { fault: { field: 'guardianNir', code: guardian.reason } };
  const bad = checks.birthDate(birthDate, today);
  if (bad) return { fault: { field: 'birthDate', code: bad } };
  if (!/^[1-9]?$/.test(rank)) return { fault: { field: 'rank', code: 'rank-digit' } };
  return { named: { guardianNir: guardian.nir, birthDate, rank: Number(rank || 1) } };
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
