/** Where a mobile number beginning with these national digits is called, by country code. First match. */
const national: readonly (readonly [RegExp, string])[] = [
  // Guadeloupe, Saint-Martin and Saint-Barthélemy; Guyane; Martinique; La Réunion; Mayotte.
  [/^069[01]/, '590'],
  [/^0694/, '594'],
  [/^069[67]/, '596'],
  [/^069[23]/, '262'],
  [/^0639[0-7]/, '262'],
  // Everybody else; 0700 to 0729 are for machines, or not given out.
  [/^06|^07[3-9]/, '33'],
];

/** Numbers of nine digits behind the country code are written with a 0 at home. */
const withZero = /^(33|590|594|596|262)0?([67]\d{8})$/;

/** Mobile numbers of territories with short ones, in the international form only: at home they could be anything. */
const short = [
  // Saint-Pierre-et-Miquelon, Nouvelle-Calédonie, Polynésie française, Wallis-et-Futuna.
  /^508(?:5[05]|70)\d{4}$/,
  /^687[79]\d{5}$/,
  /^6898[79]\d{6}$/,
  /^681(?:72|82|83)\d{4}$/,
];

/**
 * A French mobile number in E.164 (`+33612345678`), as people write it: with spaces, dots, a 0 before, `+`
 * or `00`. Overseas numbers get the country code of their territory. Undefined where it is none, or a fixed line.
 */
export function parseMobile(text: string): string | undefined {
  const bare = text.trim().replace(/[\s.\-()\u00a0\u202f]/g, '');
  const abroad = /^(?:\+|00)(\d+)$/.exec(bare)?.[1];
  if (abroad !== undefined && short.some((form) => form.test(abroad))) return `+${abroad}`;
  const digits = abroad === undefined ? bare : `0${withZero.exec(abroad)?.[2] ?? ''}`;
  if (!/^0\d{9}$/.test(digits)) return undefined;
  const country = national.find(([begins]) => begins.test(digits))?.[1];
  return country && `+${country}${digits.slice(1)}`;
}

/** A number as it may be shown: enough for its owner to know it again, `06 •• •• •• 12`. */
export function maskMobile(number: string): string {
  const digits = /^\+(?:33|590|594|596|262)(\d{9})$/.exec(number)?.[1];
  const end = number.slice(-2);
  if (digits === undefined) return `•• •• ${end}`;
  return `0${digits.slice(0, 1)} •• •• •• ${end}`;
}
