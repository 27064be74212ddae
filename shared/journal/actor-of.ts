import type { SignedIn } from '../http/caller.ts';
import type { Actor } from './schema.ts';

/** An agent as the journal names him. */
export const actorOf = ({ kind, subject, name, role, structure }: SignedIn): Actor => ({
  kind: kind === 'assisted' ? 'holder' : kind,
  id: subject,
  ...(name ? { name } : {}),
  ...(role ? { role } : {}),
  ...(structure ? { structure } : {}),
});
