import * as z from 'zod';
import { isAddress } from '#shared/kernel/address.ts';
import { isCardSerial } from '#shared/kernel/card.ts';
import { parseCode } from '#shared/kernel/code.ts';
import { parseNir } from '#shared/kernel/nir.ts';

/** What a caller can compute alone is told by field: the format, the NIR's key, the code's check character. */
export const nir = z
  .string()
  .max(40)
  .superRefine((text, issue) => {
    const read = parseNir(text);
    if (!read.ok) issue.addIssue({ code: 'custom', params: { reason: read.reason } });
  });
export const code = z
  .string()
  .max(40)
  .superRefine((text, issue) => {
    const read = parseCode(text);
    if (!read.ok) issue.addIssue({ code: 'custom', params: { reason: read.reason } });
  });
export const cardSerial = z
  .string()
  .max(20)
  .superRefine((text, issue) => {
    if (!isCardSerial(text)) issue.addIssue({ code: 'custom', params: { reason: 'card-digits' } });
  });

export const email = z
  .string()
  .max(254)
  .superRefine((text, issue) => {
    if (!isAddress(text)) issue.addIssue({ code: 'custom', params: { reason: 'email-format' } });
  });

/** Some of these words, at least one and each once. */
export const someOf = <const T extends readonly string[]>(words: T) =>
  z
    .array(z.enum(words))
    .min(1)
    .max(words.length)
    .superRefine((given, issue) => {
      if (new Set(given).size !== given.length)
        issue.addIssue({ code: 'custom', params: { reason: 'repeated' } });
    });
