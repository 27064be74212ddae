import { findOwn } from '#shared/access/grant.ts';
import { signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { listAttached } from '#shared/record/attached.ts';
import { listChildren } from '#shared/record/guardians.ts';
import { findPerson } from '#shared/record/person.ts';
import { followStanding, namesOf, type Standing } from '#shared/record/standing.ts';
import { routes } from './routes.ts';
import { partInChild } from './rules/part-in-child.ts';
import type { Profile } from './schema.ts';

/** No list of a screen holds more (MIN-3). */
const mostProfiles = 19;

/**
 * The records in which a citizen has a part: his own, and those of children that name him as guardian, or that wait
 * for him (MIN-3, ENR-41), in whatever state: who closed a child's record finds it here again. Those that he may enter
 * come first. Nothing is granted by it: each request is decided anew.
 */
export const listProfiles = operation(routes.listProfiles, async ({ caller, receivedAt }) => {
  const own = await findOwn(signedIn(caller));
  if (!own) return { status: 200, body: { profiles: [] } };
  const { holder, status } = own.standing;
  const profiles: Profile[] = [{ relation: 'own', holder, status }];
  if (status !== 'activated') return { status: 200, body: { profiles } };
  const names = namesOf(own.standing);
  const hints = names.flatMap((name) => [listChildren(name), listAttached(name, mostProfiles)]);
  const children = new Set((await Promise.all(hints)).flat());
  const standings = await Promise.all([...children].map(followStanding));
  // Two hints may lead to one child, whose records were merged (ENR-20).
  const each = new Map(
    standings.flatMap((one): [string, Standing][] => (one ? [[one.holder, one]] : [])),
  );
  const found = await Promise.all(
    [...each.values()].map((child) => profileOf(child, names, receivedAt)),
  );
  const theirs = found.flatMap((one) => one ?? []);
  const isOpen = ({ can }: Profile) => can?.includes('enter') === true;
  profiles.push(...theirs.filter(isOpen), ...theirs.filter((one) => !isOpen(one)));
  return { status: 200, body: { profiles: profiles.slice(0, mostProfiles) } };
});

async function profileOf(
  standing: Standing,
  names: readonly string[],
  at: number,
): Promise<Profile | undefined> {
  const { holder, status, child } = standing;
  const can = partInChild(standing, names, child !== undefined && isMinor(child, at));
  if (!child || !can) return undefined;
  // Of a deleted record there is none.
  const name = (await findPerson(holder))?.givenNames.split(/[ ,]/)[0];
  return {
    ...{ relation: 'child', holder, status, adultOn: child.adultOn, can: [...can] },
    ...(name ? { name } : {}),
  };
}
