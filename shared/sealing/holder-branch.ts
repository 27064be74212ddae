/**
 * Id of the branch under which all health data of a holder are sealed. `life`: how often his record was
 * deleted before; a destroyed branch never comes back under its name.
 */
export function branchOfHolder(holder: string, life = 0): string {
  return life === 0 ? `holder-${holder}` : `holder-${holder}-${life}`;
}
