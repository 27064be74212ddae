import { hashOf } from '#shared/journal/line.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { verifyChain } from '#shared/journal/verify.ts';
import { type Person, runs } from './person.ts';
import type { Standing } from './system.ts';

const done = ({ lines }: Standing, ...acts: string[]): JournalLine[] =>
  lines.filter(({ action, outcome }) => outcome === 'done' && acts.includes(action.slice(10)));

/** What must hold of somebody whatever was done; each names its invariant. */
export function broken(person: Person, real: Standing): string[] {
  const faults: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || faults.push(what));
  const { lines } = real;
  // Whose record took him in takes him along.
  const isEnding = (person.merged?.into ?? person).endedAt !== undefined;
  if (real.state === 'forgotten') {
    must(isEnding, `the model says ${person.state}, and nothing stands there`);
    must(lines.length === 0, 'ENR-47 lines are left of who was forgotten');
    return faults;
  }
  // Some minutes lie between the end of the lines and that of the record; a chain is gone whole or not at all.
  if (isEnding && lines.length === 0) {
    const isLeft = real.state === 'deleted' || real.state === 'merged';
    must(isLeft, `ENR-47 no line is left of one ${real.state}`);
    return faults;
  }
  // Every change of state has its line, and the chain is whole up to where the status says it ends.
  const verdict = verifyChain(lines);
  must(verdict.ok, `I3 the chain is broken: ${JSON.stringify(verdict)}`);
  const last = lines.at(-1);
  must(
    last?.seq === real.headSeq && hashOf(last) === real.headHash,
    'I3 the status stands elsewhere',
  );
  must(real.changes === lines.length, `I3 ${lines.length} lines for ${real.changes} changes`);
  let state: string | undefined;
  for (const { object, action, outcome } of lines) {
    if (outcome !== 'done' || (object.to ?? object.from) === undefined) continue;
    must(object.from === state, `I3 ${action} leaves ${object.from}, where it stood at ${state}`);
    state = object.to;
  }
  // Who was merged, or is being forgotten, has left his state.
  const isGone = real.state === 'merged' || person.endedAt !== undefined;
  must(
    state === (isGone ? undefined : real.state),
    `I3 the lines end at ${state}, the status says ${real.state}`,
  );
  // What the model remembers is how he stands.
  must(real.state === person.state, `the model says ${person.state}, the table ${real.state}`);
  if (real.state === 'invited') {
    must(
      real.waits === !runs(person),
      `the model says waits ${!runs(person)}, the table ${real.waits}`,
    );
    if (!real.waits) must(real.deadline === person.deadline, 'the deadline is another');
  }
  if (real.deleteFrom !== undefined)
    must(real.deleteFrom === person.deleteFrom, 'the day of the deletion is another');
  if (real.keptUntil !== undefined)
    must(real.keptUntil === person.keptUntil, 'L1111-18 what was reversed is kept otherwise');
  decisions(person, real, must);
  return faults;
}

function decisions(
  { objections, importedAt }: Person,
  real: Standing,
  must: (holds: boolean, what: string) => void,
): void {
  const informing = done(real, 'send-invitation', 'send-letter', 'renew-code');
  const openings = done(real, 'open');
  for (const { at, seq } of openings) {
    const informed = informing.filter((one) => one.seq < seq);
    const earlier = done(real, 'oppose', 'activate').filter((one) => one.seq < seq);
    must(informed.length > 0, 'I7 opened without an information');
    const latest = Math.min(...informed.map((one) => Date.parse(one.at)));
    must(Date.parse(at) - latest > 41 * 86_400_000, 'I7 opened before the deadline');
    must(earlier.length === 0, 'I1 opened over a decision');
  }
  must(openings.length <= 1, 'I2 opened more than once');
  must(done(real, 'oppose').length === objections, `I2 ${objections} objections counted otherwise`);
  must(
    real.lines.every(({ at }) => Date.parse(at) >= importedAt),
    'a line before the import',
  );
}
