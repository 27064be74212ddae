import { join } from 'node:path';
import { type Assembly, synthesize } from '#infra/app.ts';
import { type StackTemplate, Template } from '#infra/local/template/template.ts';

/** Synthesizes the home stage: the very stacks that the cloud gets, with the bundles as assets. */
export async function homeStacks(
  outdir: string,
): Promise<{ assembly: Assembly; stacks: readonly StackTemplate[] }> {
  const assembly = await synthesize({ stage: 'home', outdir });
  const assetFolder = (s3Key: string) =>
    join(assembly.folder, `asset.${s3Key.replace(/\.zip$/, '')}`);
  const stacks = assembly.stacks.map(({ name, template }) => ({
    name,
    template: Template.parse(template),
    assetFolder,
  }));
  return { assembly, stacks };
}
