import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import * as z from 'zod';
import { composeStacks, contextOfProject } from '#infra/app.ts';
import { stageOf } from '#infra/config.ts';
import { type Entry, entriesOf } from '#infra/entries.ts';
import { temporaryFolder } from '#test/support/temporary.ts';

const Template = z.object({
  Resources: z.record(
    z.string(),
    z.object({
      Type: z.string(),
      Properties: z.record(z.string(), z.unknown()).default({}),
      DeletionPolicy: z.string().optional(),
      UpdateReplacePolicy: z.string().optional(),
    }),
  ),
  Outputs: z
    .record(
      z.string(),
      z.object({ Value: z.unknown(), Export: z.object({ Name: z.string() }).optional() }),
    )
    .default({}),
});

/** A resource of a synthesized template, with what it takes from other stacks put in place. */
export interface Deployed {
  readonly stack: string;
  readonly id: string;
  readonly type: string;
  readonly properties: Readonly<Record<string, unknown>>;
  readonly deletionPolicy: string | undefined;
  readonly updateReplacePolicy: string | undefined;
}

export interface Cloud {
  readonly app: App;
  readonly stacks: readonly {
    readonly name: string;
    readonly resources: number;
    readonly bytes: number;
  }[];
  readonly resources: readonly Deployed[];
  ofType(type: string): readonly Deployed[];
}

/** A folder that stands for every bundle: templates do not depend on what the code does. */
function anyCode(): string {
  const folder = temporaryFolder('code');
  writeFileSync(path.join(folder, 'index.mjs'), 'export const handler = async () => ({});\n');
  return folder;
}

/** The stacks of a stage, composed and not yet synthesized. */
export function composed(stage = 'dev', entries: readonly Entry[] = entriesOf()): App {
  const code = anyCode();
  const outdir = temporaryFolder('cloud');
  const app = new App({
    outdir,
    context: contextOfProject(),
    analyticsReporting: false,
    builtinCloudFormationValidation: false,
  });
  composeStacks(app, { stage: stageOf(stage), entries, codeOf: () => code });
  return app;
}

/** The cloud of a stage as templates, without bundling. */
export function cloudOf(stage = 'dev', entries?: readonly Entry[]): Cloud {
  const app = composed(stage, entries);
  const parsed = app.synth().stacks.map(({ stackName, template }) => ({
    name: stackName,
    bytes: JSON.stringify(template).length,
    template: Template.parse(template),
  }));
  const exported = new Map(
    parsed.flatMap(({ template }) =>
      Object.values(template.Outputs).flatMap(({ Value, Export }) =>
        Export ? [[Export.Name, Value] as const] : [],
      ),
    ),
  );
  const resources = parsed.flatMap(({ name, template }) =>
    Object.entries(template.Resources).map(([id, resource]) => ({
      stack: name,
      id,
      type: resource.Type,
      properties: z
        .record(z.string(), z.unknown())
        .parse(withImports(resource.Properties, exported)),
      deletionPolicy: resource.DeletionPolicy,
      updateReplacePolicy: resource.UpdateReplacePolicy,
    })),
  );
  return {
    app,
    stacks: parsed.map(({ name, bytes, template }) => ({
      name,
      bytes,
      resources: Object.keys(template.Resources).length,
    })),
    resources,
    ofType: (type) => resources.filter((resource) => resource.type === type),
  };
}

function withImports(value: unknown, exported: ReadonlyMap<string, unknown>): unknown {
  if (Array.isArray(value)) return value.map((one) => withImports(one, exported));
  if (typeof value !== 'object' || value === null) return value;
  const imported = z.strictObject({ 'Fn::ImportValue': z.string() }).safeParse(value);
  if (imported.success) {
    const name = imported.data['Fn::ImportValue'];
    if (!exported.has(name)) throw new Error(`No stack exports ${name}.`);
    return exported.get(name);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, withImports(one, exported)]),
  );
}

/** The logical id that a `Ref` or `Fn::GetAtt` points at, wherever it stands in a value. */
export function pointsAt(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(pointsAt);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    if (key === 'Ref' && typeof inner === 'string') return [inner];
    if (key === 'Fn::GetAtt' && Array.isArray(inner)) return [String(inner[0])];
    return pointsAt(inner);
  });
}
