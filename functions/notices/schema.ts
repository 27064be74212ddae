import * as z from 'zod';

/**
 * What a holder is told. The real service's list of notices names `AJOUT_DOCUMENT` and the two of a majority; the others
 * are ours. The code is also the name of the mail's text.
 */
export const NoticeCode = z.enum([
  'OPPOSITION',
  'RAPPEL_DELAI',
  'OUVERTURE',
  'ACTIVATION',
  'NOUVEAU_LIEN',
  'COMPTE_MINEUR',
  'CLOTURE',
  'DEMANDE_SUPPRESSION',
  'RAPPEL_SUPPRESSION',
  'SUPPRESSION_ARRETEE',
  'REOUVERTURE',
  'SUSPENSION',
  'CONTESTATION_SUSPENSION',
  'REPRISE',
  'CLOTURE_SUSPENSION',
  'DEMANDE_CLOTURE',
  'CLOTURE_ARRETEE',
  'CLOTURE_A_CONFIRMER',
  'CLOTURE_ABANDONNEE',
  'CLOTURE_NON_CONFIRMEE',
  'INVITATION_REPRESENTANT',
  'INVITATION_REFUSEE',
  'REPRESENTANT_AJOUTE',
  'REPRESENTANT_RETIRE',
  'REPRESENTANT_RETABLI',
  'RAPPEL_CONSENT_RL_PASSAGE_MAJO',
  'RAPPEL_CONSENT_PASSAGE_MAJO',
  'PREMIERE_CONNEXION',
  'CONSULTATION_ACCOMPAGNEE',
  'AJOUT_DOCUMENT',
  'REUNION',
  'SEPARATION',
  'SUPPRESSION',
]);
export type NoticeCode = z.infer<typeof NoticeCode>;

/** Instant of the act and place of its line: the same fact always gives the same name, and names sort by time. */
export const NoticeId = z.string().regex(/^\d{8}T\d{9}Z-\d{2}-\d{1,12}$/);

export const NoticeName = z.strictObject({ notice: NoticeId });

const cursor = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,200}$/)
  .optional();

export const Page = z.strictObject({
  cursor,
  limit: z.coerce.number().int().min(1).max(50).optional(),
});

/** A notice as its holder sees it: nothing medical, and nobody named. */
export const Notice = z.strictObject({
  notice: NoticeId,
  code: NoticeCode,
  at: z.string(),
  readAt: z.string().optional(),
});
export type Notice = z.infer<typeof Notice>;
export const Notices = z.strictObject({ notices: z.array(Notice), next: z.string().optional() });

export const LettersQuery = z.strictObject({
  /** The day on which the letters are due, in Paris. */
  day: z.iso.date(),
  cursor,
  limit: z.coerce.number().int().min(1).max(200).optional(),
});

/**
 * Why somebody gets a letter: no address is known, none was taken, it is told by letter whatever mails go, or the print
 * shop could not post the first one.
 */
export const LetterReason = z.enum(['no-address', 'undeliverable', 'always', 'spoiled']);
export type LetterReason = z.infer<typeof LetterReason>;

/** One letter to one holder: what it has to tell. Who he is, the print shop's own job finds out. */
export const Letter = z.strictObject({
  holder: z.string(),
  codes: z.array(NoticeCode),
  notices: z.array(NoticeId),
  reasons: z.array(LetterReason),
});
export type Letter = z.infer<typeof Letter>;
export const Letters = z.strictObject({
  day: z.iso.date(),
  /** Letters of the whole day; told with its first page. */
  count: z.int().optional(),
  letters: z.array(Letter),
  next: z.string().optional(),
});
