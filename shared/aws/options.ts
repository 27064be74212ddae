import * as z from 'zod';
import { env } from '../env.ts';

/** Set where all of AWS stands behind one address (at home, in tests). */
export const { AWS_ENDPOINT_URL: endpoint } = env({ AWS_ENDPOINT_URL: z.url().optional() });

/** Retries with full jitter, and time limits short enough that a caller still gets his 503. */
export const options = {
  maxAttempts: 4,
  retryMode: 'standard',
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 4_000, throwOnRequestTimeout: true },
} as const;
