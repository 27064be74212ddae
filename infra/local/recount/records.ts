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
  letter: z
    .looseObject({ batch: z.string(), reference: z.string(), postedOn: z.string().optional() })
    .optional(),
  duePk: z.string().optional(),
  life: z.number().optional(),
  untold: z.boolean().optional(),
  namedAgain: z.boolean().optional(),
  traceUntil: z.string().optional(),
  forgetFrom: z.string().optional(),
  objectedAt: z.string().optional(),
  leftAt: z.string().optional(),
  keptUntil: z.string().optional(),
  informedAt: z.string().optional(),
  decidedBy: z.looseObject({ receivedAt: z.string() }).optional(),
  child: z
    .looseObject({
      adultOn: z.string(),
      attachedTo: z.string().optional(),
      barred: z.array(z.string()).optional(),
    })
    .optional(),
  guardians: z.array(z.looseObject({ holder: z.string() })).optional(),
  cameOfAgeAt: z.string().optional(),
  absorbed: z.array(z.looseObject({ holder: z.string() })).optional(),
  closing: z.looseObject({ state: z.string() }).optional(),
  dmp: z.looseObject({ deleteFrom: z.string().optional() }).optional(),
});
export type StatusItem = z.infer<typeof StatusItem>;

export function statusesOf(items: readonly Item[]): StatusItem[] {
  return items
    .filter((item) => item.sk === 'STATUS' && !('mergedInto' in item))
    .map((item) => StatusItem.parse(item));
}

/** What stands in the place of a record's status that was merged into another (ENR-20). */
export const MergedItem = z.looseObject({
  pk: z.string(),
  holder: z.string(),
  mergedInto: z.string(),
  headSeq: z.number(),
  headHash: z.string(),
  duePk: z.string().optional(),
});
export type MergedItem = z.infer<typeof MergedItem>;

export function mergedOf(items: readonly Item[]): MergedItem[] {
  return items
    .filter((item) => item.sk === 'STATUS' && 'mergedInto' in item)
    .map((item) => MergedItem.parse(item));
}

/** A merged record leads to one that is there, and its journal ends with the merge. */
export function mergedFaults(
  one: MergedItem,
  chain: Chain | undefined,
  records: ReadonlyMap<string, StatusItem>,
): string[] {
  const faults: string[] = [];
  const into = records.get(one.mergedInto);
  // The trace of both is ending: the journal has let go of it, or is about to.
  if (into?.forgetFrom !== undefined) return [];
  if (!into) faults.push(`${one.holder}: merged into nobody`);
  if (one.duePk !== undefined) faults.push(`${one.holder}: merged, but in the due index`);
  const last = chain?.lines.at(-1);
  if (chain?.head.seq !== one.headSeq || chain.head.hash !== one.headHash)
    faults.push(`${one.holder}: head ${one.headSeq} differs from the journal's`);
  if (last?.action !== 'enrolment/merge-record' || last.object.id !== one.mergedInto)
    faults.push(`${one.holder}: merged, but the journal does not end so`);
  return faults;
}

/** Whether a minor's mail would go to who has lost his authority: neither information nor opening until that is changed. */
const lacksGuardian = (one: StatusItem): boolean =>
  one.child?.barred?.includes(one.child.attachedTo ?? '') === true &&
  one.cameOfAgeAt === undefined &&
  (one.status === 'known' || asMinor(one, one.informedAt));

/** Of an invited person: nothing of his is due until he is sent the next information. */
const waits = (one: StatusItem) =>
  one.frozen === true || one.blocked === true || one.uninformed !== undefined || lacksGuardian(one);

const civil = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' });

/** Whether something happened before a child's majority, in Paris. */
const asMinor = ({ child }: StatusItem, at: string | undefined): boolean =>
  child !== undefined && at !== undefined && civil.format(new Date(at)) < child.adultOn;

/** Whether a majority is to be recorded: what stands was decided, or is held, in a minor's place. */
function grows(one: StatusItem): boolean {
  if (!one.child || one.cameOfAgeAt !== undefined) return false;
  if (/^(activated|suspended|closed|deletion-requested)$/.test(one.status))
    return one.guardians !== undefined;
  if (one.status === 'opposed') return asMinor(one, one.decidedBy?.receivedAt);
  if (one.status === 'open') return asMinor(one, one.informedAt);
  if (one.status === 'known') return lacksGuardian(one);
  return one.status === 'invited' && (one.blocked === true || asMinor(one, one.informedAt));
}

/** A letter of his is made, and not told as posted. */
const isInPrint = ({ letter }: StatusItem): boolean =>
  letter !== undefined && letter.postedOn === undefined;

/** Where the due index must hold a person, by the first word of the key; undefined for nowhere. */
function placeOf(one: StatusItem): string | undefined {
  if (one.status === 'invited') {
    const endsInTime = !asMinor(one, one.informedAt) || asMinor(one, one.deadlineAt);
    if (!waits(one) && (endsInTime || !one.child)) return 'DUE';
    // Whose letter was returned waits until another address is known, or he asks.
    const isToBeWrittenTo = ['bounced', 'readdressed'].includes(one.uninformed ?? '');
    if (isToBeWrittenTo && !isInPrint(one) && !lacksGuardian(one)) return 'PRINT';
  }
  if (grows(one)) return 'ERASE';
  // One guardian's wish to close waits for its term.
  if (one.status === 'activated' && one.closing?.state === 'waiting') return 'ERASE';
  if (one.status === 'suspended') return one.objectedAt === undefined ? 'ERASE' : undefined;
  if (one.status === 'opposed')
    return (one.keptUntil ?? one.dmp?.deleteFrom) === undefined ? undefined : 'ERASE';
  if (
    /^(closed|deletion-requested|deleting|deceased)$/.test(one.status) ||
    one.untold ||
    one.traceUntil
  )
    return 'ERASE';
  if (one.status !== 'known' || one.leftAt !== undefined) return undefined;
  if (one.informBy === 'mail') return 'INVITE';
  if (one.wave === undefined) return 'LETTER';
  return isInPrint(one) ? undefined : 'PRINT';
}

/** One record against its own chain: state, head, moves in time, place in the due index. */
export function recordFaults(one: StatusItem, chain: Chain | undefined, aDayAgo: string): string[] {
  // Its trace is ending: the journal has let go of it, or is about to.
  if (one.forgetFrom !== undefined) return [];
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
  const acting = (one.guardians ?? []).map(({ holder }) => holder);
  if (new Set(acting).size !== acting.length || acting.length > 2)
    say(`has ${acting.length} guardians, or one of them twice`);
  if (acting.some((holder) => one.child?.barred?.includes(holder)))
    say('names a guardian whose authority was taken');
  const due = one.duePk?.split('#')[0];
  if (due !== placeOf(one)) say(`stands in the due index under ${due}, expected ${placeOf(one)}`);
  const overdue = placeOf(one) === 'DUE' && (one.deadlineAt ?? '') < aDayAgo;
  if (overdue) say(`is overdue since ${one.deadlineAt} and not opened`);
  return faults;
}

/**
 * Each person has one status, one sealed identity and one NIR fingerprint; nobody has less or more, but who
 * had his record deleted has no identity until a file names him again.
 */
export function wholenessFaults(
  items: readonly Item[],
  statuses: readonly StatusItem[],
  merged: readonly MergedItem[] = [],
): string[] {
  const people = new Set(items.filter(({ sk }) => sk === 'PERSON').map(({ pk }) => pk));
  const Found = z.looseObject({
    holder: z.string(),
    former: z.boolean().optional(),
    free: z.boolean().optional(),
    merged: z.string().optional(),
  });
  // Numbers that were replaced, or are nobody's, stand beside the one that counts.
  const holdersBy = (kind: 'LOOKUP' | 'CHILD') =>
    z
      .array(Found)
      .parse(items.filter(({ sk, pk }) => sk === kind && pk.startsWith('N#')))
      .filter((one) => !one.former && !one.free && one.merged === undefined)
      .map(({ holder }) => holder);
  const [byNir, byGuardian] = [holdersBy('LOOKUP'), holdersBy('CHILD')];
  const holders = new Set([...byNir, ...byGuardian]);
  const faults: string[] = [];
  for (const { pk, holder, status, forgetFrom, namedAgain } of statuses) {
    if (!people.has(pk) && (status !== 'deleted' || namedAgain))
      faults.push(`${holder}: no identity`);
    if (!holders.has(holder) && forgetFrom === undefined)
      faults.push(`${holder}: not found by any NIR`);
  }
  const records = new Set([...statuses, ...merged].map(({ pk }) => pk));
  for (const pk of people) if (!records.has(pk)) faults.push(`${pk}: an identity without record`);
  // One NIR a person, and one place as a child of somebody: only who was just born has no NIR of his own.
  const isTwice = [byNir, byGuardian].some((some) => new Set(some).size !== some.length);
  const findable = statuses.filter(({ forgetFrom }) => forgetFrom === undefined);
  if (isTwice || holders.size !== findable.length)
    faults.push(
      `${byNir.length} fingerprints and ${byGuardian.length} of children for ${statuses.length} records`,
    );
  return faults;
}
