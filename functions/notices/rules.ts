import type { JournalLine } from '#shared/journal/schema.ts';
import { addDays, type Day, parisDay } from '#shared/kernel/calendar.ts';
import { refusals } from '#shared/kernel/refusal.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import type { Standing } from '#shared/record/standing.ts';
import type { NoticeCode } from './schema.ts';

export const refuse = refusals('notices', {
  'unknown-notice': [404, 'Cette notification n’existe pas'],
  'role-required': [403, 'Votre rôle ne permet pas cette action'],
  'unknown-batch': [404, 'Ce lot de courriers n’existe pas'],
  'batch-gone': [410, 'Les courriers de ce lot ne sont plus gardés'],
  'already-posted': [409, 'La remise de ce lot à la poste est déjà enregistrée'],
  'posted-in-the-future': [400, 'Le jour de la remise à la poste n’est pas encore arrivé'],
  'posted-before-batch': [400, 'Ce jour-là, le lot n’était pas encore prêt'],
  'not-posted': [409, 'Ce lot n’a pas encore été remis à la poste'],
  'unknown-reference': [400, 'Une référence ne désigne aucun courrier posté de ce lot'],
  'returned-in-the-future': [400, 'Le jour du retour n’est pas encore arrivé'],
  'returned-before-posting': [400, 'Le jour du retour est avant la remise à la poste'],
});

interface Kind {
  readonly code: NoticeCode;
  /** A stranger may have done it in the holder's name: every address we know of him is told. */
  readonly everywhere?: true;
  /** What the holder does himself is no news to him. */
  readonly unlessOwn?: true;
  /** What it counts stands in the mail. */
  readonly counted?: true;
  /** Its reference stands in the mail. */
  readonly referred?: true;
  /** By letter as well, whatever mails are taken: the addresses may be a stranger's. */
  readonly letterToo?: true;
  /** Who is told beside those who are told of everything: the young person himself, or who was his guardian. */
  readonly also?: Also;
  /** Its line names somebody whom it concerns, who is told in words of his own: he may not act in the record. */
  readonly concerns?: true;
  /** By letter and no other way: who leaves it to one has tried the others. */
  readonly letterOnly?: true;
}

export type Also = 'holder' | 'former-guardians';

const kinds: Readonly<Record<string, Kind>> = {
  'enrolment/oppose': { code: 'OPPOSITION', everywhere: true, referred: true },
  'enrolment/remind-deadline': { code: 'RAPPEL_DELAI' },
  'enrolment/open': { code: 'OUVERTURE' },
  'enrolment/activate': { code: 'ACTIVATION', everywhere: true },
  'enrolment/relink': { code: 'NOUVEAU_LIEN', everywhere: true },
  'enrolment/link-minor': { code: 'COMPTE_MINEUR', everywhere: true, also: 'holder' },
  'enrolment/close': { code: 'CLOTURE', everywhere: true },
  'enrolment/request-deletion': { code: 'DEMANDE_SUPPRESSION', everywhere: true },
  'enrolment/remind-deletion': { code: 'RAPPEL_SUPPRESSION', everywhere: true },
  'enrolment/stop-deletion': { code: 'SUPPRESSION_ARRETEE', everywhere: true },
  'enrolment/reopen': { code: 'REOUVERTURE', everywhere: true },
  'enrolment/suspend': { code: 'SUSPENSION', everywhere: true, letterToo: true },
  // Whoever has the account may have done it, and brought its own address.
  'enrolment/object-to-suspension': {
    ...{ code: 'CONTESTATION_SUSPENSION', everywhere: true, letterToo: true },
  },
  'enrolment/resume': { code: 'REPRISE', everywhere: true },
  'enrolment/close-suspended': { code: 'CLOTURE_SUSPENSION', everywhere: true },
  'enrolment/wish-closure': { code: 'DEMANDE_CLOTURE', everywhere: true },
  'enrolment/stop-closure': { code: 'CLOTURE_ARRETEE', everywhere: true },
  'enrolment/ask-closure': { code: 'CLOTURE_A_CONFIRMER', everywhere: true },
  'enrolment/withdraw-closure': { code: 'CLOTURE_ABANDONNEE', everywhere: true },
  'enrolment/lapse-closure': { code: 'CLOTURE_NON_CONFIRMEE', everywhere: true },
  'enrolment/invite-guardian': { code: 'INVITATION_REPRESENTANT', everywhere: true },
  'enrolment/join-guardian': { code: 'REPRESENTANT_AJOUTE', everywhere: true },
  'enrolment/refuse-guardianship': { code: 'INVITATION_REFUSEE' },
  'enrolment/withdraw-guardian': {
    ...{ code: 'REPRESENTANT_RETIRE', everywhere: true, concerns: true },
  },
  'enrolment/restore-guardian': {
    ...{ code: 'REPRESENTANT_RETABLI', everywhere: true, concerns: true },
  },
  'enrolment/remind-majority': { code: 'RAPPEL_CONSENT_RL_PASSAGE_MAJO', also: 'holder' },
  'enrolment/come-of-age': { code: 'RAPPEL_CONSENT_PASSAGE_MAJO', also: 'former-guardians' },
  'identity/first-sign-in': { code: 'PREMIERE_CONNEXION' },
  'enrolment/open-assisted-session': { code: 'CONSULTATION_ACCOMPAGNEE', everywhere: true },
  'documents/deposit-document': { code: 'AJOUT_DOCUMENT', unlessOwn: true },
  'enrolment/absorb-record': { code: 'REUNION', everywhere: true },
  'enrolment/order-last-letter': { code: 'SUPPRESSION', letterOnly: true },
  'documents/tell-mix-up': { code: 'SEPARATION', everywhere: true, counted: true },
};

/** What a line has the holder told; undefined where it tells him nothing. */
export interface Telling {
  readonly holder: string;
  readonly notice: string;
  readonly code: NoticeCode;
  readonly at: string;
  readonly everywhere: boolean;
  readonly letterToo?: true;
  readonly letterOnly?: true;
  /** How many things of a kind the line tells. */
  readonly counts?: JournalLine['object']['counts'];
  readonly also?: Also;
  /** What the act is called when one asks about it: the proof of an objection names it so (ENR-40). */
  readonly reference?: string;
  /** The guardian who did it: it is news to the other one only. */
  readonly doneBy?: string;
  /** Whom it concerns, beside those who are told of the record: by his own addresses only (MIN-2). */
  readonly concerned?: string;
  /** The holder did it himself, by his own account. */
  readonly own?: true;
}

/**
 * Whether the holder is told of an act (ACC-50): only of what was done, and only where he may see the
 * line itself; never of what is kept from the patient, of a minor's secret, or of what concerns
 * operators. All that is not written here is not told.
 */
export function toTell(line: JournalLine): Telling | undefined {
  const { action, actor, at, holder, outcome, purpose, visible } = line;
  const kind = kinds[action];
  if (!kind || outcome !== 'done' || visible !== 'holder') return undefined;
  // His record is still to open: he looks into his DMP where it was, and its operator tells him.
  if (purpose === 'dmp-feeding') return undefined;
  if (kind.unlessOwn && actor.kind === 'holder') return undefined;
  const { code, everywhere = false, letterToo, letterOnly, also } = kind;
  const { counts } = line.object;
  const telling = { holder, notice: noticeOf(line), code, at, everywhere };
  return {
    ...telling,
    ...(letterToo ? { letterToo } : {}),
    ...(letterOnly ? { letterOnly } : {}),
    ...(kind.counted && counts ? { counts } : {}),
    ...(also ? { also } : {}),
    ...(kind.concerns && line.object.id ? { concerned: line.object.id } : {}),
    ...(kind.referred ? { reference: line.id } : {}),
    ...(kind.unlessOwn && actor.kind === 'guardian' ? { doneBy: actor.id } : {}),
    ...(actor.kind === 'holder' ? { own: true as const } : {}),
  };
}

/** What a minor opens by his own account is told as that: to him as well, and to guardians as what the child did (MIN-4). */
export const asOfMinor = (telling: Telling, isMinors: boolean): Telling =>
  isMinors && telling.own && telling.code === 'ACTIVATION'
    ? { ...telling, code: 'COMPTE_MINEUR', also: 'holder' }
    : telling;

/** The name of the notice that a line leads to. */
export function noticeOf({ at, lane, seq }: Pick<JournalLine, 'at' | 'lane' | 'seq'>): string {
  return `${at.replace(/[-:.]/g, '')}-${String(lane).padStart(2, '0')}-${seq}`;
}

/** What a mail is tagged with: pseudonym and name of its notice. It comes back with a bounce. */
export const tagOf = ({ holder, notice }: Pick<Telling, 'holder' | 'notice'>): string =>
  `${holder}_${notice}`;

/** The notice that a tag names. */
export function noticeOfTag(tag: string): Pick<Telling, 'holder' | 'notice'> | undefined {
  const [, holder, notice] = /^([a-z0-9]{26})_([0-9TZ-]+)$/.exec(tag) ?? [];
  return holder && notice ? { holder, notice } : undefined;
}

/**
 * Whether what is told still holds: an opening that an objection in time reversed is not announced
 * (ENR-2), an activation tells more than the opening before it, a wish to have all deleted more than the
 * closure with it, a deletion or a suspension that was taken back is not announced, and nobody writes to the dead or to those who had their record deleted.
 */
export function stillHolds(code: NoticeCode, status: StatusWord): boolean {
  if (code === 'SUPPRESSION') return status === 'deleted';
  if (code === 'OUVERTURE') return status === 'open';
  if (code === 'RAPPEL_DELAI') return status === 'invited';
  if (code === 'OPPOSITION') return status === 'opposed';
  if (code === 'SUSPENSION' || code === 'CONTESTATION_SUSPENSION') return status === 'suspended';
  if (code === 'RAPPEL_SUPPRESSION') return status === 'closed' || status === 'deletion-requested';
  if (code === 'SUPPRESSION_ARRETEE') return status === 'closed';
  if (code === 'CLOTURE_NON_CONFIRMEE') return ['open', 'activated', 'closed'].includes(status);
  if (code === 'CLOTURE' && status === 'deletion-requested') return false;
  return !['deceased', 'deleting', 'deleted'].includes(status);
}

/**
 * Whether a letter still tells the truth on the day on which it is printed, a week after the act: what was undone since is
 * told by a letter of its own.
 */
export function letterHolds(
  code: NoticeCode,
  {
    status,
    closing,
    agentClosing,
    remindedAt,
    objectedAt,
  }: Pick<Standing, 'status' | 'closing' | 'agentClosing' | 'remindedAt' | 'objectedAt'>,
): boolean {
  if (!stillHolds(code, status)) return false;
  switch (code) {
    // It was decided since, and the record is suspended anew.
    case 'CONTESTATION_SUSPENSION':
      return objectedAt !== undefined;
    case 'CLOTURE':
    case 'CLOTURE_SUSPENSION':
      return status === 'closed';
    case 'DEMANDE_SUPPRESSION':
      return status === 'deletion-requested';
    // Of a deletion that was put off by years since, nobody is reminded.
    case 'RAPPEL_SUPPRESSION':
      return remindedAt !== undefined;
    case 'REOUVERTURE':
    case 'REPRISE':
      return status === 'activated';
    case 'DEMANDE_CLOTURE':
      return closing !== undefined;
    case 'CLOTURE_A_CONFIRMER':
      return agentClosing?.state === 'waiting';
    case 'CLOTURE_NON_CONFIRMEE':
      return agentClosing?.state === 'lapsed';
    default:
      return true;
  }
}

/** Whether a notice announces something: then the day of its line is none that its reader could want to know. */
export const announces = (code: NoticeCode): boolean =>
  code.startsWith('RAPPEL_') && code !== 'RAPPEL_CONSENT_PASSAGE_MAJO';

/** The place in the journal of the line that led to a notice. */
export function lineOfNotice(notice: string): { lane: number; seq: number } | undefined {
  const [, lane, seq] = /^\d{8}T\d{9}Z-(\d{2})-(\d{1,12})$/.exec(notice) ?? [];
  return lane && seq ? { lane: Number(lane), seq: Number(seq) } : undefined;
}

const inAHurry = new Set<NoticeCode>([
  'CLOTURE_A_CONFIRMER',
  'DEMANDE_CLOTURE',
  'RAPPEL_SUPPRESSION',
  'SUPPRESSION',
]);

/**
 * In how many days the letter of a notice is due that nobody could be mailed; undefined where none is written: a
 * reminder would come after what it reminds of. What somebody has to answer, or what comes before a deletion or with it,
 * does not wait for other letters.
 */
export function letterIn(code: NoticeCode, days: number): number | undefined {
  if (code === 'RAPPEL_DELAI') return undefined;
  return inAHurry.has(code) ? Math.min(days, 1) : days;
}

/** Who is told of a minor's record in his place: who acts in it, else whom he is attached to; undefined for who is of age. */
export function toldInstead(
  { child, guardians = [], certifiedTo }: Pick<Standing, 'child' | 'guardians' | 'certifiedTo'>,
  isMinor: boolean,
): readonly string[] | undefined {
  if (!child || !isMinor) return undefined;
  if (guardians.length > 0) return guardians.map(({ holder }) => holder);
  // Whose authority was taken is told nothing more.
  if (certifiedTo) return certifiedTo.filter((one) => !child.barred?.includes(one));
  return child.barred?.includes(child.attachedTo) ? [] : [child.attachedTo];
}

/** What became of a notice for one of those whom it is told. */
export type Reached = 'reached' | 'no-address' | 'undeliverable';
export type Outcome = 'sent' | 'no-address' | 'undeliverable';

/**
 * What became of a notice: `sent` only if it reached each whom it is told (MIN-2). An address that was not taken
 * says more than one that was never known: it stands in the journal. Who is told by nobody at all gets a letter.
 */
export function outcomeOf(each: readonly Reached[]): Outcome {
  if (each.includes('undeliverable')) return 'undeliverable';
  return each.length === 0 || each.includes('no-address') ? 'no-address' : 'sent';
}

/** The addresses that we know of somebody. */
export interface Known {
  /** Confirmed at his activation. */
  readonly confirmed?: string | undefined;
  /** Confirmed before the last change. */
  readonly former?: string | undefined;
  /** As the insurance body gave it. */
  readonly insurers?: string | undefined;
  /** Where text messages go, in E.164: for whom no mail reaches. */
  readonly mobile?: string | undefined;
}

/** Where a notice goes: to the confirmed address, else to the insurer's; or to all of them, each once. */
export function addressesFor({ everywhere }: Telling, known: Known): string[] {
  const all = [known.confirmed, known.former, known.insurers].filter((one) => one !== undefined);
  const each = all.filter(
    (one, at) => all.findIndex((other) => other.toLowerCase() === one.toLowerCase()) === at,
  );
  const [first = known.insurers] = known.confirmed ? each : [];
  return everywhere ? each : first === undefined ? [] : [first];
}

/** The day on whose letters a notice goes that cannot be mailed. */
export function letterDay(now: number, days: number): Day {
  return addDays(parisDay(now), days);
}
