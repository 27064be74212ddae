import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { App } from 'aws-cdk-lib';
import { type Bundle, bundle } from './bundle.ts';
import { type Stage, stageOf } from './config.ts';
import { type Entry, entriesOf } from './entries.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { JobsStack } from './stacks/jobs.ts';
import { KeysStack } from './stacks/keys.ts';

/** All stacks of a stage, in an app that nothing has synthesized yet. */
export function composeStacks(
  app: App,
  given: { stage: Stage; entries: readonly Entry[]; codeOf: (id: string) => string },
) {
  const { stage, entries, codeOf } = given;
  const { keys } = new KeysStack(app, stage);
  const { resources } = new DataStack(app, stage, { keys, entries });
  const props = { keys, resources, entries, codeOf };
  return { api: new ApiStack(app, stage, props), jobs: new JobsStack(app, stage, props) };
}

export interface SynthesisOptions {
  readonly stage: string;
  /** Folder of the assembly; the CDK's own choice unless given. */
  readonly outdir?: string;
  /** Folder of the bundles, `.build/functions` unless given. */
  readonly buildDir?: string;
}

/** A stack as it would be deployed. */
export interface SynthesizedStack {
  readonly name: string;
  readonly template: unknown;
}

export interface Assembly {
  /** Absolute path; the code of a function lies in `asset.<hash>` for its S3 key `<hash>.zip`. */
  readonly folder: string;
  /** Each stack after those that it takes values from. */
  readonly stacks: readonly SynthesizedStack[];
  readonly bundles: readonly Bundle[];
}

const contextOfProject = (): Record<string, unknown> => {
  const read: { context?: Record<string, unknown> } = JSON.parse(
    readFileSync(new URL('../cdk.json', import.meta.url), 'utf8'),
  );
  return read.context ?? {};
};

/** Bundles every function and synthesizes a stage, in process. */
export async function synthesize({ stage, outdir, buildDir }: SynthesisOptions): Promise<Assembly> {
  const entries = entriesOf();
  const bundles = await bundle(entries, buildDir);
  const folders = new Map(bundles.map(({ id, folder }) => [id, folder]));
  const codeOf = (id: string): string => {
    const folder = folders.get(id);
    if (!folder) throw new Error(`There is no bundle of ${id}.`);
    return folder;
  };
  const app = new App({
    ...(outdir ? { outdir } : {}),
    context: contextOfProject(),
    analyticsReporting: false,
  });
  composeStacks(app, { stage: stageOf(stage), entries, codeOf });
  const cloud = app.synth();
  const stacks = cloud.stacks.map(({ stackName, template }) => ({ name: stackName, template }));
  return { folder: cloud.directory, stacks, bundles };
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { stage: { type: 'string' }, outdir: { type: 'string' } },
    strict: false,
  });
  const assembly = await synthesize({
    stage: String(values.stage ?? 'dev'),
    ...(typeof values.outdir === 'string' ? { outdir: values.outdir } : {}),
  });
  process.stdout.write(`${assembly.folder}\n`);
}
