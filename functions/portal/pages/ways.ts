import type { Way } from '../rules/read-code-form.ts';

/** How a code may come, in the order of the form; a way of the API that is missing here does not compile. */
const told = {
  mail: 'Par courriel (e-mail) : en quelques minutes',
  letter: 'Par courrier, à votre adresse postale : en une à deux semaines',
  sms: 'Par SMS, sur votre téléphone portable : en quelques minutes',
} as const satisfies Record<Way, string>;

export const ways: readonly (readonly [answer: string, words: string])[] = Object.entries(told);
