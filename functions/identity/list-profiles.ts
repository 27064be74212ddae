import { findOwn } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { listChildren } from '#shared/record/guardians.ts';
import { findPerson } from '#shared/record/person.ts';
import { followStanding, namesOf, type Standing } from '#shared/record/standing.ts';
import { routes } from './routes.ts';
import { isProfile } from './rules/is-profile.ts';
import type { Profile } from './schema.ts';

/** No list of a screen holds more (MIN-3). */
const mostProfiles = 19;

/**
 * The records in which a citizen may act: his own, and those of the children that name him as guardian
 * (MIN-3). Nothing is granted by it: each request is decided anew.
 */
export const listProfiles = operation(routes.listProfiles, async ({ caller, receivedAt }) => {
  const own = await findOwn(signedIn(caller));
  if (!own) return { status: 200, body: { profiles: [] } };
  const { holder, status } = own.standing;
  const profiles: Profile[] = [{ relation: 'own', holder, status }];
  if (status !== 'activated') return { status: 200, body: { profiles } };
  const names = namesOf(own.standing);
  const children = (await Promise.all(names.map(listChildren))).flat();
  const standings = await Promise.all([...new Set(children)].map(followStanding));
  // Two hints may lead to one child, whose records were merged (ENR-20).
  const found = new Map(
    standings.flatMap((one): [string, Standing][] => (one ? [[one.holder, one]] : [])),
  );
  const theirs = await Promise.all(
    [...found.values()].map((child) => profileOf(child, names, receivedAt)),
  );
  profiles.push(...theirs.flatMap((one) => one ?? []));
  return { status: 200, body: { profiles: profiles.slice(0, mostProfiles) } };
});

async function profileOf(
  standing: Standing,
  guardian: readonly string[],
  at: number,
): Promise<Profile | undefined> {
  const { holder, status, child } = standing;
  if (!child || !isProfile(standing, guardian, isMinor(child, at))) return undefined;
  const name = (await findPerson(holder))?.givenNames.split(/[ ,]/)[0];
  return {
    ...{ relation: 'child', holder, status, adultOn: child.adultOn },
    ...(name ? { name } : {}),
  };
}
