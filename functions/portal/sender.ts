import { env, json } from '#shared/env.ts';
import { Sender } from '#shared/paper/sender.ts';

/** Who signs the letters of the stage, and so the pages to which they lead. */
export const { LETTER_SENDER: sender } = env({ LETTER_SENDER: json(Sender) });
