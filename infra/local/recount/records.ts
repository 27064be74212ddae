import * as z from 'zod';
import type { Chain } from './chains.ts';
import type { Item } from './read-tables.ts';

/** What the recount needs of a status, read by a shape of its own: it shares no code with what it checks. */
export const StatusItem = z.looseObject({
  pk: z.string(),
  holder: z.string(),
  status: z.enum([
    'known',
    'invited',
    'opposed',
    'open',
    'activated',
    'suspended',
    'closed',
    'deletion-requested',
    'deleting',
    'deleted',
    'deceased',
  ]),
  headSeq: z.number(),
  headHash: z.string(),
  department: z.string(),
  wave: z.string().optional(),
  informBy: z.enum(['mail', 'letter']),
  cohort: z.string().optional(),
  deadlineAt: z.string().optional(),
  frozen: z.boolean().optional(),
  uninformed: z.string().optional(),
  blocked: z.boolean().optional(),
  letter: z.looseObject({ batch: z.string(), reference: z.string() }).optional(),
  duePk: z.string().optional(),
  life: z.number().optional(),
  untold: z.boolean().optional(),
  objectedAt: z.string().optional(),
  leftAt: z.string().optional(),
  dmp: z.looseObject({ deleteFrom: z.string().optional() }).optional(),
});
export type StatusItem = z.infer<typeof StatusItem>;

export function statusesOf(items: readonly Item[]): StatusItem[] {
  return items.filter(({ sk }) => sk === 'STATUS').map((item) => StatusItem.parse(item));
}

/** Of an invited person: nothing of his is due until he is sent the next information. */
const waits = ({ frozen, uninformed, blocked }: StatusItem) =>
  frozen === true || blocked === true || uninformed !== undefined;

/** Where the due index must hold a person, by the first word of the key; undefined for nowhere. */
function placeOf(one: StatusItem): string | undefined {
  if (one.status === 'invited') {
    if (!waits(one)) return 'DUE';
    // Whose letter was returned waits until another address is known, or he asks.
    const isToBeWrittenTo = ['bounced', 'readdressed'].includes(one.uninformed ?? '');
    return isToBeWrittenTo && !one.letter ? 'PRINT' : undefined;
  }
  if (one.status === 'suspended') return one.objectedAt === undefined ? 'ERASE' : undefined;
  if (one.status === 'opposed') return one.dmp?.deleteFrom === undefined ? undefined : 'ERASE';
  if (/^(closed|deletion-requested|deleting|deceased)$/.test(one.status) || one.untold)
    return 'ERASE';
  if (one.status !== 'known' || one.leftAt !== undefined) return undefined;
  if (one.informBy === 'mail') return 'INVITE';
  if (one.wave === undefined) return 'LETTER';
  return one.letter ? undefined : 'PRINT';
}

/** One record against its own chain: state, head, moves in time, place in the due index. */
export function recordFaults(one: StatusItem, chain: Chain | undefined, aDayAgo: string): string[] {
  if (!chain) return [`${one.holder}: a record without a journal`];
  const faults: string[] = [];
  const say = (words: string) => faults.push(`${one.holder}: ${words}`);
  if (chain.head.seq !== one.headSeq || chain.head.hash !== one.headHash)
    say(`head ${one.headSeq} differs from the journal's ${chain.head.seq}`);
  let state: string | undefined;
  for (const { object, outcome, at, action } of chain.lines) {
    // Neither leaves nor arrives: no move.
    if (outcome === 'refused' || (object.from ?? object.to) === undefined) continue;
    if ((object.from ?? undefined) !== state)
      say(`${action} goes from ${object.from}, but the record was ${state}`);
    if (object.to === 'open' && one.deadlineAt !== undefined && at <= one.deadlineAt)
      say(`opened at ${at}, before its deadline ${one.deadlineAt}`);
    state = object.to;
  }
  if (state !== one.status) say(`is ${one.status}, the journal says ${state}`);
  const due = one.duePk?.split('#')[0];
  if (due !== placeOf(one)) say(`stands in the due index under ${due}, expected ${placeOf(one)}`);
  const overdue = one.status === 'invited' && !waits(one) && (one.deadlineAt ?? '') < aDayAgo;
  if (overdue) say(`is overdue since ${one.deadlineAt} and not opened`);
  return faults;
}

/**
 * Each person has one status, one sealed identity and one NIR fingerprint; nobody has less or more, but who
 * had his record deleted has no identity until a file names him again.
 */
export function wholenessFaults(items: readonly Item[], statuses: readonly StatusItem[]): string[] {
  const people = new Set(items.filter(({ sk }) => sk === 'PERSON').map(({ pk }) => pk));
  const Found = z.looseObject({
    holder: z.string(),
    former: z.boolean().optional(),
    free: z.boolean().optional(),
  });
  // Numbers that were replaced, or are nobody's, stand beside the one that counts.
  const holdersBy = (kind: 'LOOKUP' | 'CHILD') =>
    z
      .array(Found)
      .parse(items.filter(({ sk, pk }) => sk === kind && pk.startsWith('N#')))
      .filter((one) => !one.former && !one.free)
      .map(({ holder }) => holder);
  const [byNir, byGuardian] = [holdersBy('LOOKUP'), holdersBy('CHILD')];
  const holders = new Set([...byNir, ...byGuardian]);
  const faults: string[] = [];
  for (const { pk, holder, status } of statuses) {
    if (!people.has(pk) && status !== 'deleted') faults.push(`${holder}: no identity`);
    if (!holders.has(holder)) faults.push(`${holder}: not found by any NIR`);
  }
  const records = new Set(statuses.map(({ pk }) => pk));
  for (const pk of people) if (!records.has(pk)) faults.push(`${pk}: an identity without record`);
  // One NIR a person, and one place as a child of somebody: only who was just born has no NIR of his own.
  const isTwice = [byNir, byGuardian].some((some) => new Set(some).size !== some.length);
  if (isTwice || holders.size !== statuses.length)
    faults.push(
      `${byNir.length} fingerprints and ${byGuardian.length} of children for ${statuses.length} records`,
    );
  return faults;
}
