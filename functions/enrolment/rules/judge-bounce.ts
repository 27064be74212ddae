import type { Status } from '../stored.ts';
import type { CurrentCode } from '../stored-code.ts';

/** Which mail came back: the one with this generation of whose code. */
export interface MailedCode {
  readonly holder: string;
  readonly generation: number;
}

/** What a mail with a code is tagged with: pseudonym and generation. It comes back with a bounce. */
export const tagOf = ({ holder, generation }: MailedCode): string => `${holder}_${generation}`;

/** The mail that a tag names. */
export function mailOfTag(tag: string): MailedCode | undefined {
  const [, holder, generation] = /^([a-z0-9]{26})_([1-9]\d{0,8})$/.exec(tag) ?? [];
  return holder && generation ? { holder, generation: Number(generation) } : undefined;
}

/**
 * What a bounce for good says of a person (ENR-1). Who came back is not informed: no deadline runs. A bounce
 * may be faster than the note that its mail was accepted: then it is to come again. One of an earlier mail
 * says nothing, unless the deadline began with an earlier one: then he was informed later than it says.
 * Whoever has decided, or whose record is open, has no deadline left; nor has who is not informed any more since his
 * record was parted from another (ENR-20). `prepared`: generation of a code that waits for its mail to be noted.
 */
export function judgeBounce(bounced: {
  readonly status: Status;
  readonly code: CurrentCode | undefined;
  readonly prepared: number | undefined;
  readonly generation: number;
}): 'uninformed' | 'in-hand' | 'nothing' {
  const { status, code, prepared, generation } = bounced;
  if (status.status === 'known') return generation === prepared ? 'in-hand' : 'nothing';
  if (status.status !== 'invited' || status.uninformed) return 'nothing';
  if (!code || generation > code.generation) return 'in-hand';
  const isLater = generation < code.generation && status.informedAt === code.sentAt;
  return isLater ? 'nothing' : 'uninformed';
}
