import { openContacts } from '#shared/record/contacts.ts';
import { findPerson } from '#shared/record/person.ts';
import { loadSignpost } from '#shared/record/signpost.ts';
import { loadStatus } from './person-store.ts';
import { isAtGuardians, type Reached } from './rules/minors-address.ts';
import { everyGuardian } from './rules/own-card.ts';

/**
 * Whether what a minor asked for would come to an address or number of somebody who is a guardian of his or was one, as
 * the insurance body told it or he confirmed it himself (MIN-4).
 */
export async function comesToGuardian(holder: string, channel: 'mail' | 'sms'): Promise<boolean> {
  const [status, own] = await Promise.all([loadStatus(holder), findPerson(holder)]);
  if (!status || !own) return false;
  const guardians = await Promise.all(everyGuardian(status).map(reachedAt));
  return isAtGuardians(channel, own, guardians.flat());
}

/** Of a record that was merged into another: what is known of him there as well. */
async function reachedAt(holder: string): Promise<Reached[]> {
  const [person, contacts, merged] = await Promise.all([
    findPerson(holder),
    openContacts(holder),
    loadSignpost(holder),
  ]);
  const here = [person, contacts].filter((one) => one !== undefined);
  return merged ? [...here, ...(await reachedAt(merged.mergedInto))] : here;
}
