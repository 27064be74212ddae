import * as z from 'zod';

/** One permission of one function, as the door names it. */
export const Permission = z.object({ function: z.string(), permission: z.string() });
export type Permission = z.infer<typeof Permission>;

export const Exercised = Permission.extend({ tests: z.array(z.string()) });
export type Exercised = z.infer<typeof Exercised>;

/** What a run of the tests that share the world leaves behind. */
export const Played = z.object({
  held: z.array(Permission),
  exercised: z.array(Exercised),
  /** Statuses that each route answered, as `GET /path`. */
  answers: z.array(z.object({ route: z.string(), statuses: z.array(z.int()) })),
  /** How long each file of tests took. */
  seconds: z.record(z.string(), z.number()),
});
export type Played = z.infer<typeof Played>;

/** What no test can exercise at home, and why. `*` stands for any text in both patterns. */
export const NeverExercised = z.strictObject({
  /** Most permissions that the patterns may cover: to be lowered whenever it can be. */
  most: z.int(),
  entries: z.array(
    z.strictObject({ function: z.string(), permission: z.string(), reason: z.string().min(20) }),
  ),
});
export type NeverExercised = z.infer<typeof NeverExercised>;
