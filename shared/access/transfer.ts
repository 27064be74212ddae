import { loadStanding, namesOf, type Standing } from '../record/standing.ts';
import { branchOfHolder } from '../sealing/holder-branch.ts';
import { decide, policy } from './decide.ts';
import { type AccessGrant, isMinors, newGrant } from './grant-value.ts';

/**
 * The record into which the DMP of a person moves, for the transfer alone, which no caller asks for; undefined
 * where it may not (the record has ended, or is suspended). `at` in ms.
 */
export async function grantTransfer(holder: string, at: number): Promise<AccessGrant | undefined> {
  const standing = await loadStanding(holder);
  return standing && grantFor(standing, { holder, life: standing.life }, at);
}

/**
 * The same for the DMP of a record that was merged into this one (ENR-20), which lies under that one's name and key:
 * how the record stands that took it in decides. Undefined also where it did not take it in, or has not any more.
 */
export async function grantTransferOf(
  origin: string,
  { into, at }: { readonly into: string; readonly at: number },
): Promise<AccessGrant | undefined> {
  const standing = await loadStanding(into);
  const taken = standing?.absorbed?.find(({ holder }) => holder === origin);
  return standing && taken && grantFor(standing, taken, at);
}

function grantFor(
  standing: Standing,
  { holder, life }: { readonly holder: string; readonly life?: number | undefined },
  at: number,
): AccessGrant | undefined {
  const decision = decide({ purpose: 'dmp-transfer', status: standing.status });
  if (decision.is === 'refused') return undefined;
  return newGrant({
    holder,
    branch: branchOfHolder(holder, life),
    actor: { kind: 'system', id: 'dmp-transfer' },
    onBehalfOf: undefined,
    mode: 'normal',
    purpose: 'dmp-transfer',
    channel: 'api',
    place: undefined,
    isMinors: isMinors(standing, at),
    lanes: [],
    may: decision.may,
    // Under which names a package may have been taken in before.
    names: holder === standing.holder ? namesOf(standing) : [holder],
    origin: undefined,
    policy,
  });
}
