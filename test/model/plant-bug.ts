import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Bug } from './bugs.ts';

/** Has the modules that this process loads from now on stand with a bug in them. Throws where its text is not found. */
export function plant({ name, edits }: Bug): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const mine = edits.filter(({ file }) => url.endsWith(`/${file}`));
      if (mine.length === 0 || !url.startsWith('file:')) return loaded;
      let source = Buffer.from(
        Object(loaded.source) instanceof String
          ? String(loaded.source)
          : (loaded.source as Uint8Array),
      ).toString();
      for (const { from, to } of mine) {
        if (!source.includes(from)) throw new Error(`${name}: ${fileURLToPath(url)} has changed`);
        source = source.replace(from, to);
      }
      return { ...loaded, source };
    },
  });
}
