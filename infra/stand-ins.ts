import path from 'node:path';
import type { Plugin } from 'esbuild';

/** Files of packages that no function ever runs, and what is bundled in their place. */
const standIns: readonly (readonly [file: RegExp, module: string])[] = [
  [
    /@aws-crypto[\\/]material-management[\\/]build[\\/]module[\\/]src[\\/](ecc_decode|ecc_encode|pem_helpers)\.js$/,
    'no-signatures.ts',
  ],
  [/zod[\\/]v4[\\/]core[\\/]to-json-schema\.js$/, 'no-json-schema.ts'],
];

/** Leaves out of the bundles what is never run: they are smaller and start sooner, and fail loudly if it is. */
export const withoutTheUnused: Plugin = {
  name: 'stand-ins',
  setup({ onLoad }) {
    for (const [filter, module] of standIns) {
      const file = path.join(import.meta.dirname, 'lambda', module);
      const contents = `export * from ${JSON.stringify(file)};`;
      onLoad({ filter }, () => ({ contents, resolveDir: import.meta.dirname }));
    }
  },
};
