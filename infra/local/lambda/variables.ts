import process from 'node:process';
import type { Credentials } from '#infra/local/door/keys.ts';
import type { StageFunction } from './function.ts';

/** The environment of a worker: what Lambda sets, the door as the one endpoint, and the template's own variables. */
export function variablesOf(
  fn: StageFunction,
  given: { readonly region: string; readonly doorUrl: string; readonly credentials: Credentials },
): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    TZ: ':UTC',
    LANG: 'en_US.UTF-8',
    AWS_REGION: given.region,
    AWS_DEFAULT_REGION: given.region,
    AWS_ENDPOINT_URL: given.doorUrl,
    AWS_ACCESS_KEY_ID: given.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: given.credentials.secretAccessKey,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memoryMb),
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    LAMBDA_TASK_ROOT: fn.folder,
    ...fn.environment,
  };
}
