import * as z from 'zod';
import { Department } from './schema.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);
const days = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const;

/** A place where somebody helps in person. */
export const Counter = z.strictObject({
  /** Stable, and by it a list is paged: département and a name. */
  id: z.string().regex(/^[0-9AB]{2,3}-[a-z0-9-]{2,60}$/),
  kind: z.enum(['france-services', 'insurance-body']),
  name: z.string().min(1).max(80),
  department: Department,
  address: z.array(z.string().min(1).max(38)).min(1).max(3),
  postcode: z.string().regex(/^\d{5}$/),
  city: z.string().min(1).max(38),
  phone: z
    .string()
    .regex(/^\d{4}$|^0\d( \d\d){4}$/)
    .optional(),
  /** Paris or local time, as the clock on its wall. */
  hours: z
    .array(z.strictObject({ days: z.array(z.enum(days)).min(1), from: time, until: time }))
    .min(1),
  /** What an adviser does there. */
  help: z.array(z.enum(['activate', 'object', 'read', 'close', 'ask-for-code'])).min(1),
  access: z.array(z.enum(['step-free', 'hearing-loop', 'sign-language', 'large-print'])),
});
export type Counter = z.infer<typeof Counter>;

export const CountersQuery = z.strictObject({
  department: Department,
  limit: z.coerce.number().int().min(1).max(50).optional(),
  cursor: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,100}$/)
    .optional(),
});

export const Counters = z.strictObject({
  /** Day from which the list stands. */
  version: z.iso.date(),
  counters: z.array(Counter),
  next: z.string().optional(),
  /** For everybody, wherever he lives. */
  phone: z.strictObject({ number: z.string(), hours: z.string() }),
});
export type Counters = z.infer<typeof Counters>;
