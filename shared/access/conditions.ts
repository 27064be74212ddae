import * as z from 'zod';
import { env, json } from '../env.ts';
import { type Conditions, conditionsAt } from '../kernel/conditions.ts';

const Version = z.strictObject({
  version: z.string().min(1).max(40),
  from: z.iso.date(),
  acceptUntil: z.iso.date(),
});

const { CONDITIONS: versions } = env({ CONDITIONS: json(z.tuple([Version], Version)) });

/** The conditions of use that stand at an instant (ms), by the stage's dated data. */
export const conditionsNow = (at: number): Conditions => conditionsAt(versions, at);
