import { type FSWatcher, watch } from 'node:fs';
import { resolve } from 'node:path';
import { bundle } from '#infra/bundle.ts';
import { entriesOf } from '#infra/entries.ts';
import type { Runtime } from './runtime.ts';

const settleMs = 150;

/**
 * Takes changed code in: when a file under functions/ or shared/ changes, all bundles are made again
 * and every function gets new environments. What the template is made of (routes, rights, tables)
 * needs a new start, and the line printed says so.
 */
export function watchCode(runtime: Runtime, say: (line: string) => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const rebuild = async () => {
    const begun = performance.now();
    try {
      for (const { id, folder } of await bundle(entriesOf())) runtime.byId(id)?.reload(folder);
      say(
        `Code reloaded (${Math.round(performance.now() - begun)} ms). New routes, jobs or rights need a new start.`,
      );
    } catch (cause) {
      say(
        `The code does not build, the old one goes on: ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
  };
  const watchers: FSWatcher[] = ['functions', 'shared'].map((folder) =>
    watch(resolve(folder), { recursive: true }, () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        turn = turn.then(rebuild);
      }, settleMs);
    }),
  );
  return {
    close() {
      clearTimeout(timer);
      for (const watcher of watchers) watcher.close();
    },
  };
}
