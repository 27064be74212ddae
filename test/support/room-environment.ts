import process from 'node:process';
import type { TestWorld } from './world.ts';

/**
 * Makes this process a function of a world: its keys, and the variables of all functions (their values
 * never differ). The room's modules read them when they are first imported, so import them after this.
 */
export function becomeFunction({ info, aws }: TestWorld, id: string): void {
  for (const { environment } of info.functions) Object.assign(process.env, environment);
  const { endpoint, region, credentials } = aws(id);
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  });
  delete process.env.AWS_SESSION_TOKEN;
  delete process.env.AWS_PROFILE;
}
