import { type Day, dayInFigures } from '#shared/kernel/calendar.ts';
import { formatCode } from '#shared/kernel/code.ts';

/** The text message with a code that was asked for (ENR-12): in the GSM alphabet, nobody named, no link. */
export function codeText(to: {
  readonly code: string;
  readonly validUntil: Day;
  /** Last day on which an objection is in time, where nothing is decided yet. */
  readonly until: Day | undefined;
  readonly isOfChild: boolean;
}): string {
  const { code, validUntil, until, isOfChild } = to;
  const whose = isOfChild ? ' (espace de votre enfant)' : '';
  const object = until ? ` Refus possible jusqu'au ${dayInFigures(until)}.` : '';
  return `Mon espace santé${whose} : votre nouveau code provisoire est ${formatCode(code)}, valable jusqu'au ${dayInFigures(validUntil)}.${object} Ne le donnez à personne. Aide : 3422`;
}
