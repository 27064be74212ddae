import * as z from 'zod';
import { env } from '#shared/env.ts';
import type { SendingMessage } from './messages.ts';
import { sendAll } from './send-all.ts';

const { SENDING_QUEUE } = env({ SENDING_QUEUE: z.string().min(1) });

/** Hands parts of a wave to the workers. */
export const handOut = (parts: readonly SendingMessage[]): Promise<void> =>
  sendAll(SENDING_QUEUE, parts);
