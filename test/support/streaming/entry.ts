import { type Entry, entriesOf } from '#infra/entries.ts';
import { routes } from './routes.ts';

/** The function of a room whose only route streams; its code stands beside this. */
export function streamingEntry(): Entry {
  const [entry] = entriesOf([{ name: 'pieces', routes }]);
  if (!entry) throw new Error('The room has no function.');
  return { ...entry, file: 'test/support/streaming/handler.ts' };
}
