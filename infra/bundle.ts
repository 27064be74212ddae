import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { build } from 'esbuild';
import { fontFiles, fontNames, packaged } from '#shared/paper/fonts.ts';
import type { Entry } from './entries.ts';
import { fhirDefinitions } from './fhir/definitions.ts';
import { openApi } from './openapi.ts';
import { withoutTheUnused } from './stand-ins.ts';

const root = path.resolve(import.meta.dirname, '..');

/** The typefaces of a function that makes papers. */
const typefaces = () =>
  Object.fromEntries(
    fontNames.map((name) => [fontFiles[name][0], readFileSync(packaged(name))] as const),
  );

/** Files that a function finds beside its bundle: the documented contract, the definitions of FHIR, typefaces. */
const beside: Readonly<
  Record<string, (entries: readonly Entry[]) => Record<string, string | Uint8Array>>
> = {
  'contract-api': (entries) => ({ 'openapi.json': JSON.stringify(openApi(entries)) }),
  'documents-api': () => ({ 'fhir-r4.json': fhirDefinitions() }),
  'documents-transfer': () => ({ 'fhir-r4.json': fhirDefinitions() }),
  'enrolment-letters': typefaces,
  'enrolment-papers': typefaces,
  'journal-papers': typefaces,
  'notices-letters': typefaces,
};

export interface Bundle {
  readonly id: string;
  /** Absolute path of the folder that becomes the function's code: `index.mjs` and extra files. */
  readonly folder: string;
  /** Size of `index.mjs` in bytes, minified. */
  readonly bytes: number;
  /** Absolute paths of the project's own files that went in: a change in one asks for a new bundle. */
  readonly inputs: readonly string[];
}

/** Written only when changed and never half, so that a world that runs from the folder is not torn. */
function writeChanged(file: string, content: string | Uint8Array): void {
  const bytes = Buffer.from(content);
  try {
    if (readFileSync(file).equals(bytes)) return;
  } catch {
    mkdirSync(path.dirname(file), { recursive: true });
  }
  const draft = `${file}.${process.pid}.draft`;
  writeFileSync(draft, bytes);
  renameSync(draft, file);
}

/** Bundles every entry by one esbuild call into `<folder>/<id>/index.mjs`. */
export async function bundle(
  entries: readonly Entry[],
  folder = '.build/functions',
): Promise<readonly Bundle[]> {
  const outdir = path.resolve(root, folder);
  const result = await build({
    absWorkingDir: root,
    entryPoints: entries.map(({ id, file }) => ({ in: file, out: `${id}/index` })),
    outdir,
    outExtension: { '.js': '.mjs' },
    write: false,
    metafile: true,
    bundle: true,
    minify: true,
    keepNames: false,
    legalComments: 'none',
    format: 'esm',
    platform: 'node',
    target: 'node24',
    mainFields: ['module', 'main'],
    alias: { '@aws-sdk/credential-provider-node': './infra/lambda/credentials.ts' },
    plugins: [withoutTheUnused],
    // The few CommonJS packages inside ask for Node's own modules by `require`.
    banner: {
      js: "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);",
    },
    logLevel: 'error',
  });
  for (const file of result.outputFiles) writeChanged(file.path, file.contents);
  for (const { id } of entries) {
    for (const [name, content] of Object.entries(beside[id]?.(entries) ?? {}))
      writeChanged(path.join(outdir, id, name), content);
  }
  const outputs = new Map(
    Object.entries(result.metafile.outputs).map(([file, output]) => [
      path.resolve(root, file),
      output,
    ]),
  );
  return entries.map(({ id }) => {
    const output = outputs.get(path.join(outdir, id, 'index.mjs'));
    if (!output) throw new Error(`esbuild made no bundle for ${id}`);
    const inputs = Object.keys(output.inputs).filter((file) => !file.startsWith('node_modules/'));
    return {
      id,
      folder: path.join(outdir, id),
      bytes: output.bytes,
      inputs: inputs.map((file) => path.resolve(root, file)),
    };
  });
}
