const range = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, i) => String(from + i).padStart(2, '0'));

/** Départements and overseas collectivities whose people are insured here, as their official codes. */
export const departments: readonly string[] = [
  ...range(1, 19),
  '2A',
  '2B',
  ...range(21, 95),
  '971',
  '972',
  '973',
  '974',
  '975',
  '976',
  '977',
  '978',
  '986',
  '987',
  '988',
];

const known = new Set(departments);

/** Whether this is the code of a département or overseas collectivity. */
export function isDepartment(code: string): boolean {
  return known.has(code);
}
