/**
 * Where care was given (JDV_J02/J61, SNOMED CT and TRE_R02) and in which setting (JDV_J04/J62, SNOMED CT
 * and TRE_A01). INCOMPLETE: codes that were found in public examples; others of the same systems are
 * taken and marked with a warning, until the official sets are loaded.
 */
export const facilities: readonly string[] = [
  '22232009',
  '35971002',
  'SA01',
  'SA04',
  'SA05',
  'SA07',
  'SA08',
  'SA25',
  'SA33',
];
export const practices: readonly string[] = ['394802001', 'AMBULATOIRE', 'ETABLISSEMENT', 'SOCIAL'];
