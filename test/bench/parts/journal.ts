import { journalFindings } from '../journal.ts';
import { found, quick, raw } from '../tools.ts';

/** Appending to and verifying chains. */
export async function journal(): Promise<void> {
  const { findings: told, times } = await journalFindings({
    lines: 20_000,
    rounds: quick ? 5 : 21,
  });
  for (const finding of told) found(finding);
  raw.journal = times;
}
