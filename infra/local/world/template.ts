import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import * as z from 'zod';
import { type StackTemplate, Template } from '#infra/local/template/template.ts';

const Synthesized = z.object({
  folder: z.string(),
  stacks: z.array(z.object({ name: z.string(), template: Template })),
});

/**
 * Synthesizes the home stage: the very stacks that the cloud gets, with the bundles as assets. In a thread of
 * its own (see there); rejects with what the synthesis failed of.
 */
export async function homeStacks(outdir: string): Promise<readonly StackTemplate[]> {
  const thread = new Worker(new URL('./synthesis.ts', import.meta.url), { workerData: { outdir } });
  const [told]: unknown[] = await once(thread, 'message');
  await thread.terminate();
  const { folder, stacks } = Synthesized.parse(told);
  const assetFolder = (s3Key: string) => join(folder, `asset.${s3Key.replace(/\.zip$/, '')}`);
  return stacks.map((stack) => ({ ...stack, assetFolder }));
}
