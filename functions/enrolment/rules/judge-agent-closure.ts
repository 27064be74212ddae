import type { Activated, Closed, Open, Status } from '../stored.ts';
import type { AgentClosing } from '../stored-agent-closing.ts';
import type { ClosureCommand } from './judge-closure.ts';

/** In which states a wish that reached an agent may stand. */
export type Closable = Open | Activated | Closed;

/** Why an agent cannot close somebody's record, or have it deleted. */
export type NotClosed =
  | 'not-closable'
  | 'already-closed'
  | 'suspended'
  | 'deceased'
  | 'deletion-begun'
  | 'closure-by-guardian';

export type Closing =
  | { readonly is: 'may'; readonly status: Closable; readonly commands: readonly ClosureCommand[] }
  | { readonly is: 'told'; readonly reason: NotClosed };

/** The last wish that reached an agent, whatever came of it. */
export const askedOf = (status: Status): AgentClosing | undefined =>
  'agentClosing' in status ? status.agentClosing : undefined;

/** The wish that waits for a call-back at an instant (ISO): after its term it is off by itself. */
export function waitingCall(status: Status, at: string): AgentClosing | undefined {
  const asked = askedOf(status);
  return asked?.state === 'waiting' && at < asked.until ? asked : undefined;
}

/** When a wish that waits for a call-back lapses (ISO); undefined where none waits. */
export function nextCallAt(status: Status): string | undefined {
  const asked = askedOf(status);
  return asked?.state === 'waiting' ? asked.until : undefined;
}

/** A wish of which nobody was called back in its term, at an instant (ms). */
export function callStep(
  status: Status,
  now: number,
): { readonly is: 'lapse-call'; readonly status: Status } | undefined {
  const at = nextCallAt(status);
  return at === undefined || Date.parse(at) > now ? undefined : { is: 'lapse-call', status };
}

/**
 * What closing a record through an agent does as it stands (ENR-42, ENR-43), or why it cannot be: also of one that
 * opened by itself and was never activated. A minor's is his guardians' to close. What was closed after a suspension
 * may be deleted this way: the person is known by checks here, not by an account that may be stolen.
 */
export function closingOf(
  status: Status,
  { deletion, isMinor }: { readonly deletion: boolean; readonly isMinor: boolean },
): Closing {
  const told = (reason: NotClosed): Closing => ({ is: 'told', reason });
  switch (status.status) {
    case 'open':
    case 'activated':
      if (isMinor) return told('closure-by-guardian');
      return { is: 'may', status, commands: deletion ? ['close', 'request-deletion'] : ['close'] };
    case 'closed':
      if (isMinor) return told('closure-by-guardian');
      if (!deletion) return told('already-closed');
      return { is: 'may', status, commands: ['request-deletion'] };
    case 'deletion-requested':
      return told('already-closed');
    case 'deleting':
      return told('deletion-begun');
    case 'suspended':
    case 'deceased':
      return told(status.status);
    case 'known':
    case 'invited':
    case 'opposed':
    case 'deleted':
      return told('not-closable');
  }
}

export interface Asking {
  readonly deletion: boolean;
  readonly channel: AgentClosing['channel'];
  /** Keyed fingerprint of the agent. */
  readonly agent: string;
  /** ISO. */
  readonly at: string;
  readonly isMinor: boolean;
}

/**
 * What becomes of a wish that an agent takes down: it waits for a call-back by another one. Who stands at a desk with
 * his identity paper has his record closed at once, since nothing is lost by that; a deletion always waits.
 */
export function judgeAsking(
  status: Status,
  { deletion, channel, agent, at, isMinor }: Asking,
):
  | (Extract<Closing, { is: 'may' }> & { readonly now: boolean })
  | { readonly is: 'told'; readonly reason: NotClosed | 'closure-asked' }
  | { readonly is: 'repeat'; readonly asked: AgentClosing } {
  const before = askedOf(status);
  const isSame = before?.by === agent && before.deletion === deletion;
  // Done at a desk, at once.
  if (before?.state === 'done' && isSame && !before.confirmed)
    return { is: 'repeat', asked: before };
  const closing = closingOf(status, { deletion, isMinor });
  if (closing.is === 'told') return closing;
  // He stands there himself: whatever was taken down before is overtaken.
  const now = channel === 'desk' && !deletion;
  if (now) return { ...closing, now };
  const waiting = waitingCall(status, at);
  if (waiting && isSame) return { is: 'repeat', asked: waiting };
  if (waiting) return { is: 'told', reason: 'closure-asked' };
  return { ...closing, now };
}

export interface CallingBack {
  /** Not known to who only calls to have it stopped. */
  readonly wish: string | undefined;
  readonly deletion: boolean;
  readonly agrees: boolean;
  /** Keyed fingerprint of the agent who reached the person. */
  readonly agent: string;
  /** ISO. */
  readonly at: string;
  readonly isMinor: boolean;
}

/**
 * What a call-back does: within the term another agent than the first confirms what was taken down, and nothing else;
 * that the person does not want it any agent may say, the first one included.
 */
export function judgeCallBack(
  status: Status,
  { wish, deletion, agrees, agent, at, isMinor }: CallingBack,
):
  | { readonly is: 'confirm'; readonly closing: Extract<Closing, { is: 'may' }> }
  | { readonly is: 'stop' }
  | { readonly is: 'repeat' }
  | {
      readonly is: 'told';
      readonly reason:
        | NotClosed
        | 'unknown-closure-wish'
        | 'closure-differs'
        | 'other-agent-needed';
    } {
  const asked = askedOf(status);
  const isKnown = asked && (wish === undefined ? !agrees : asked.reference === wish);
  if (!isKnown) return { is: 'told', reason: 'unknown-closure-wish' };
  if (agrees && asked.deletion !== deletion) return { is: 'told', reason: 'closure-differs' };
  const isRepeat = agrees ? asked.confirmed?.by === agent : asked.state === 'stopped';
  if (isRepeat) return { is: 'repeat' };
  if (!waitingCall(status, at)) return { is: 'told', reason: 'unknown-closure-wish' };
  if (!agrees) return { is: 'stop' };
  if (asked.by === agent) return { is: 'told', reason: 'other-agent-needed' };
  const closing = closingOf(status, { deletion, isMinor });
  return closing.is === 'told' ? closing : { is: 'confirm', closing };
}

/** A status without the wish that an agent took down: what became of the record makes it void. */
export function withoutCall<S extends object>(status: S): S {
  const copy: S = { ...status };
  // Optional in every state that has it.
  Reflect.deleteProperty(copy, 'agentClosing');
  return copy;
}
