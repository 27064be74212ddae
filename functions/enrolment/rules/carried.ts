import type { Status } from '../stored.ts';

/** What a status says of a child, whatever it becomes: each change carries it on. */
export function carried({ child, blocked }: Pick<Status, 'child' | 'blocked'>) {
  return {
    ...(child === undefined ? {} : { child }),
    ...(blocked === undefined ? {} : { blocked }),
  };
}
