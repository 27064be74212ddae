import type { Lookup } from '#shared/record/lookup.ts';

/** A run of a file. */
export interface Play {
  /** Fingerprint of its bytes: the same however often it is dropped. */
  readonly file: string;
  readonly import: string;
}

/** A line of which more are not remembered for one person: nobody's file names him as often. */
const mostLines = 16;

/** What is remembered of a line that changes somebody, over what was remembered before. */
export function played(
  before: Lookup | undefined,
  line: string,
  { file, import: run }: Play,
): NonNullable<Lookup['by']> {
  // What stood already may have been said by this file as well, and then it changed nothing.
  const stood = before ? [before.rowTag] : [];
  const earlier = before?.by?.file === file ? before.by.lines : stood;
  return { file, import: run, lines: [...new Set([...earlier, line])].slice(-mostLines) };
}

/**
 * Whether a line has had its effect when the same bytes came before, and nothing else has named the person since: a
 * file that names somebody twice, each time otherwise, would take him there and back again. Within one run nothing
 * is a repeat: its own order counts.
 */
export const isPlayed = (lookup: Lookup | undefined, line: string, play: Play): boolean =>
  lookup?.by?.file === play.file &&
  lookup.by.import !== play.import &&
  lookup.by.lines.includes(line);
