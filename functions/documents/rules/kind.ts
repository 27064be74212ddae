import { categoryByClass, categoryByType } from '../data/categories.ts';
import { classes, systems } from '../data/classes.ts';
import { refusedTypes, types } from '../data/types.ts';
import type { Concept } from '../schema.ts';
import type { Reason } from './reasons.ts';

/** What kind of document it is: type, and the class that follows from it. */
export interface Kind {
  readonly type: string;
  readonly typeSystem: string;
  readonly typeLabel: string;
  readonly classCode: string;
  readonly classLabel: string;
}

const byCode = new Map(types.map((row) => [row[0], row]));
const refused = new Set(refusedTypes);

/** Whether a code is LOINC's; the others are of TRE_A05. */
const isLoinc = (code: string): boolean => /^\d+-\d$/.test(code);

/** The codes of a concept that are said in one of these systems. */
export function codesIn(concept: Concept | undefined, ...allowed: readonly string[]): string[] {
  return (concept?.coding ?? []).flatMap(({ system, code }) =>
    code !== undefined && system !== undefined && allowed.includes(system) ? [code] : [],
  );
}

/** The kind of document that a type names; types that the record does not take are refused by name (DOC-0). */
export function kindOf(type: Concept | undefined): Kind | Reason {
  const codes = [
    ...codesIn(type, ...systems.loinc).filter(isLoinc),
    ...codesIn(type, ...systems.type).filter((code) => !isLoinc(code)),
  ];
  if ((type?.coding ?? []).length === 0) return 'type-missing';
  if (codes.some((code) => refused.has(code))) return 'type-refused';
  const found = codes.map((code) => byCode.get(code)).filter((row) => row !== undefined);
  const [row] = found;
  // Two known types would leave open which one it is.
  if (!row || found.length > 1) return 'type-unknown';
  const [code, classCode, typeLabel] = row;
  const [typeSystem] = isLoinc(code) ? systems.loinc : systems.type;
  return {
    type: code,
    typeSystem,
    typeLabel,
    classCode,
    classLabel: classes[classCode] ?? '',
  };
}

/** Whether the class that was given, if any, is the one that follows from the type. */
export function classAgrees(categories: readonly Concept[] | undefined, kind: Kind): boolean {
  const given = (categories ?? []).flatMap((one) => codesIn(one, ...systems.class));
  return given.every((code) => code === kind.classCode);
}

/** Whether a type is one that patients deposit themselves (DOC-1). */
export function isOfPatient(type: string): boolean {
  return /^(DOCPAT|EXPPAT)/.test(type) || type === '74465-6';
}

/** The category under which a patient finds a document (DOC-2); what none takes is `AUTR_DOC`. */
export function categoryOf({ type, classCode }: Pick<Kind, 'type' | 'classCode'>): string {
  return categoryByType[type] ?? categoryByClass[classCode] ?? 'AUTR_DOC';
}
