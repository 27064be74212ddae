import * as z from 'zod';

const line = z.string().min(1).max(38);

/** Who signs the letters of a stage, and where their readers turn to. */
export const Sender = z.strictObject({
  name: line,
  /** Sender's address, and that to which one objects by post. */
  address: z.array(line).min(1).max(3),
  site: z.url({ protocol: /^https$/ }).max(48),
  phone: line,
  /** What the letter must say of itself: that a service is not the official one. */
  notice: z.string().max(60),
});
export type Sender = z.infer<typeof Sender>;
