import { loadStanding } from '../record/standing.ts';
import { branchOfHolder } from '../sealing/holder-branch.ts';
import { decide, policy } from './decide.ts';
import { type AccessGrant, isMinors, newGrant } from './grant-value.ts';

/**
 * The record into which the DMP of a person moves, for the transfer alone, which no caller asks for; undefined
 * where it may not (the record has ended, or is suspended). `at` in ms.
 */
export async function grantTransfer(holder: string, at: number): Promise<AccessGrant | undefined> {
  const standing = await loadStanding(holder);
  const decision = decide({ purpose: 'dmp-transfer', status: standing?.status });
  if (decision.is === 'refused') return undefined;
  return newGrant({
    holder,
    branch: branchOfHolder(holder, standing?.life),
    actor: { kind: 'system', id: 'dmp-transfer' },
    onBehalfOf: undefined,
    mode: 'normal',
    purpose: 'dmp-transfer',
    channel: 'api',
    place: undefined,
    isMinors: isMinors(standing, at),
    lanes: [],
    may: decision.may,
    names: [holder],
    origin: undefined,
    policy,
  });
}
