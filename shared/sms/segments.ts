/** Signs of the GSM 7 bit alphabet (3GPP TS 23.038): of our accents à, é, è and ù stand in it, ê and ç do not. */
const basic =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà';
/** These take an escape sign before them, so two septets. */
const extended = '^{}\\[~]|€\f';

/** Septets of a text message alone, and of each part of a longer one, which carries a header. */
const alone = 160;
const inParts = 153;

/**
 * How many parts a text message is sent and paid as; undefined where a sign is not in the GSM alphabet:
 * the whole message would be sent in another one, with 70 signs a part.
 */
export function segmentsOf(text: string): number | undefined {
  let septets = 0;
  for (const sign of text) {
    if (basic.includes(sign)) septets += 1;
    else if (extended.includes(sign)) septets += 2;
    else return undefined;
  }
  return septets <= alone ? 1 : partsOf(text);
}

/** A sign of two septets is never cut by the end of a part. */
function partsOf(text: string): number {
  let parts = 1;
  let free = inParts;
  for (const sign of text) {
    const takes = extended.includes(sign) ? 2 : 1;
    if (takes > free) {
      parts += 1;
      free = inParts;
    }
    free -= takes;
  }
  return parts;
}
