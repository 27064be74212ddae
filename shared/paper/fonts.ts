import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The typefaces of our papers, by the names under which they lie beside a bundle. Licence: SIL OFL 1.1. */
export const fontFiles = {
  regular: ['source-sans-3-regular.ttf', '400Regular/SourceSans3_400Regular.ttf'],
  bold: ['source-sans-3-bold.ttf', '700Bold/SourceSans3_700Bold.ttf'],
} as const;
export type FontName = keyof typeof fontFiles;
export const fontNames = ['regular', 'bold'] as const satisfies readonly FontName[];

/** Where a typeface stands in the package that carries it. */
export const packaged = (name: FontName): string =>
  createRequire(import.meta.url).resolve(`@expo-google-fonts/source-sans-3/${fontFiles[name][1]}`);

const kept = new Map<FontName, Buffer>();

/** The bytes of a typeface, read once: from beside the function's bundle, else from its package. */
export function fontBytes(name: FontName): Buffer {
  const known = kept.get(name);
  if (known) return known;
  const beside = new URL(`./${fontFiles[name][0]}`, import.meta.url);
  const bytes = readFileSync(existsSync(beside) ? beside : packaged(name));
  kept.set(name, bytes);
  return bytes;
}
