import type { StatusWord } from '#shared/kernel/status.ts';

export const commands = [
  'invite',
  'object',
  'open',
  'activate',
  'suspend',
  'resume',
  'close',
  'request-deletion',
  'stop-deletion',
  'begin-deletion',
  'finish-deletion',
  'expire',
  'record-death',
] as const;
export type Command = (typeof commands)[number];

type Moves = Partial<Record<Command, StatusWord>>;

/** Which command leads where; what is not written is refused (ENR-2, ENR-40 to ENR-46). */
const moves: Readonly<Record<StatusWord, Moves>> = {
  known: { invite: 'invited', object: 'opposed', activate: 'activated' },
  invited: { object: 'opposed', activate: 'activated', open: 'open' },
  // An objection received in time wins even when the opening was faster.
  open: { object: 'opposed', activate: 'activated', close: 'closed' },
  // Only where a DMP from before was archived: ten years after, as a closed record.
  opposed: { activate: 'activated', expire: 'deleting' },
  activated: { suspend: 'suspended', close: 'closed' },
  suspended: { resume: 'activated', close: 'closed' },
  // After ten years as on a wish: what it holds is erased before it is deleted.
  closed: { activate: 'activated', 'request-deletion': 'deletion-requested', expire: 'deleting' },
  // Stopped where nobody is left who could take it back: it stays closed.
  'deletion-requested': {
    activate: 'activated',
    'stop-deletion': 'closed',
    'begin-deletion': 'deleting',
  },
  deleting: { 'finish-deletion': 'deleted' },
  deleted: { activate: 'activated' },
  // As a closed one, ten years after the death; a death that was told wrongly leads back to the state before.
  deceased: { expire: 'deleting' },
};

/** A deletion that has begun goes on over a death, which is noted beside it: half of it would help nobody. */
const isOver = (from: StatusWord) => from === 'deleting' || from === 'deleted';

/** The state after a command, or undefined where the command is not possible. */
export function move(from: StatusWord, command: Command): StatusWord | undefined {
  if (command === 'record-death')
    return from === 'deceased' || isOver(from) ? undefined : 'deceased';
  return moves[from][command];
}
