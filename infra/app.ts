import { readFileSync } from 'node:fs';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { App, Validations } from 'aws-cdk-lib';
import * as z from 'zod';
import { type Bundle, bundle } from './bundle.ts';
import { packs } from './checks/nag.ts';
import { type Stage, stageOf } from './config.ts';
import { applyAcknowledgements } from './constructs/acknowledge.ts';
import { type Entry, entriesOf } from './entries.ts';
import { ApiStack } from './stacks/api.ts';
import { DataStack } from './stacks/data.ts';
import { JobsStack } from './stacks/jobs.ts';
import { KeysStack } from './stacks/keys.ts';
import { WatchStack } from './stacks/watch.ts';

/** All stacks of a stage, in an app that nothing has synthesized yet. */
export function composeStacks(
  app: App,
  given: { stage: Stage; entries: readonly Entry[]; codeOf: (id: string) => string },
) {
  const { stage, entries, codeOf } = given;
  const { keys } = new KeysStack(app, stage);
  const { resources } = new DataStack(app, stage, { keys, entries });
  const props = { keys, resources, entries, codeOf };
  const api = new ApiStack(app, stage, props);
  const jobs = new JobsStack(app, stage, props);
  new WatchStack(app, stage, { keys, resources, api, jobs });
  return { api, jobs };
}

export interface SynthesisOptions {
  readonly stage: string;
  /** Folder of the assembly; the CDK's own choice unless given. */
  readonly outdir?: string;
  /** Folder of the bundles, `.build/functions` unless given. */
  readonly buildDir?: string;
  /** Holds the stacks to CloudFormation's rules and ours: a finding that nobody acknowledged throws. */
  readonly checked?: boolean;
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

const Context = z.looseObject({ stage: z.string().optional() });
const Project = z.object({ context: Context });

/** The context of cdk.json, which the CDK reads only when its own command line starts it. */
export const contextOfProject = () => {
  const file = new URL('../cdk.json', import.meta.url);
  return Project.parse(JSON.parse(readFileSync(file, 'utf8'))).context;
};

/** Bundles every function and synthesizes a stage, in process. */
export async function synthesize({
  stage,
  outdir,
  buildDir,
  checked = false,
}: SynthesisOptions): Promise<Assembly> {
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
    // CloudFormation's own rules take longer than all the rest together.
    builtinCloudFormationValidation: checked,
    treeMetadata: checked,
  });
  composeStacks(app, { stage: stageOf(stage), entries, codeOf });
  if (checked) {
    applyAcknowledgements(app);
    Validations.of(app).addPlugins(...packs(entries));
  }
  const cloud = app.synth();
  const stacks = cloud.stacks.map(({ stackName, template }) => ({ name: stackName, template }));
  return { folder: cloud.directory, stacks, bundles };
}

/** What the CDK's own command line or ours asked for: `--stage`, or `-c stage=` in the context. */
function asked(): SynthesisOptions {
  const options = { stage: { type: 'string' }, outdir: { type: 'string' } } as const;
  const { values } = parseArgs({ options, args: process.argv.slice(2) });
  const { stage: inContext } = Context.parse(JSON.parse(process.env.CDK_CONTEXT_JSON ?? '{}'));
  const { stage = inContext ?? 'dev' } = values;
  const { outdir = process.env.CDK_OUTDIR ?? `cdk.out/${stage}` } = values;
  return { stage, outdir, checked: true };
}

if (import.meta.main) {
  const { folder, stacks } = await synthesize(asked());
  process.stdout.write(`${folder}: ${stacks.map(({ name }) => name).join(', ')}\n`);
}
