import { beginOf, dayOf, deadlineOf, later } from './calendar.ts';
import { type Person, runs, type State } from './person.ts';

/** What the model expects of an act: the answer, and what it makes of the person. */
export interface Expected {
  /** `ok`, or the reason of the refusal. */
  readonly says: string;
  readonly makes?: () => void;
}

const no = (says: string): Expected => ({ says });
const minute = 60_000;

/** A new code takes the place of the one before; its text is learnt from the mail. */
export function newCode(person: Person, now: number): void {
  person.code = {
    ...{ text: '', generation: (person.code?.generation ?? 0) + 1, sentAt: now },
    ...{ validUntil: deadlineOf(now), used: false, burnt: false, failures: 0 },
  };
}

export function inform(person: Person, now: number): void {
  Object.assign(person, { state: 'invited', frozen: false, uninformed: false });
  person.deadline = deadlineOf(now);
}

export function invite(person: Person, now: number): Expected {
  if (person.state !== 'known' || !person.hasMail) return no('skipped');
  return {
    says: 'invited',
    makes: () => {
      newCode(person, now);
      inform(person, now);
    },
  };
}

/** A wave over his département: who has no address is left to a letter. */
export function wave(person: Person, now: number): void {
  if (person.state === 'known' && !person.hasMail) person.deferred = true;
  invite(person, now).makes?.();
}

/** Whether a letter is due to him: a wave left him to one, or the mail that informed him came back. */
export const letterDue = ({ state, deferred, uninformed, written }: Person): boolean =>
  !written && ((state === 'known' && deferred) || (state === 'invited' && uninformed));

/** His letter was posted today. */
export function letter(person: Person, now: number): void {
  newCode(person, now);
  inform(person, now);
  person.written = true;
}

/** The letter with another code, since his was burnt, was posted: whose deadline does not run it informs. */
export function wishedLetter(person: Person, now: number): void {
  newCode(person, now);
  if (person.state === 'invited' && !runs(person)) inform(person, now);
  person.wishedAt = undefined;
}

/** The mail with the newest code comes back for good. */
export function bounce(person: Person): Expected {
  const makes = () => Object.assign(person, { uninformed: true, hasMail: false });
  return person.state === 'invited' && !person.uninformed ? { says: 'ok', makes } : no('ok');
}

/** Why somebody who came too late, or has decided, cannot object; undefined when he can. */
function tooLate(person: Person, madeAt: number): string | undefined {
  switch (person.state) {
    case 'known':
      return undefined;
    case 'invited':
      return runs(person) && madeAt > person.deadline ? 'deadline-passed' : undefined;
    case 'open':
      return madeAt > person.deadline ? 'deadline-passed' : undefined;
    case 'opposed':
      return 'already-opposed';
    case 'activated':
      return 'already-activated';
    default:
      return 'already-closed';
  }
}

const opposes = (person: Person, now: number) => (): void => {
  // What came into a record that should not have opened is kept as that of a closed one is.
  const day = later(dayOf(now), { days: 1, years: 10 });
  person.keptUntil = person.state === 'open' ? beginOf(day) : 0;
  Object.assign(person, { state: 'opposed', frozen: false, uninformed: false });
  person.objections += 1;
};

export function object(person: Person, now: number): Expected {
  const { code } = person;
  if (!code) return no('not-recognised');
  const late = tooLate(person, now);
  if (late === 'already-opposed') return no(code.used ? 'code-used' : late);
  if (late?.startsWith('already')) return no(late);
  if (code.burnt) return no('code-burnt');
  if (code.used) return no('code-used');
  if (late) return no(late);
  if (now > code.validUntil) return no('code-expired');
  return {
    says: 'ok',
    makes: () => {
      opposes(person, now)();
      code.used = true;
    },
  };
}

/** So many wrong codes, each from a network of its own. */
export function guess(person: Person, now: number, tries: number): Expected {
  const { code } = person;
  const says = 'not-recognised';
  if (!code || code.burnt || code.used) return no(says);
  if (person.state !== 'invited' && now > code.validUntil) return no(says);
  return {
    says,
    makes: () => {
      code.failures += tries;
      if (code.failures < 10) return;
      code.burnt = true;
      if (person.state === 'invited') person.frozen = true;
      if (!person.hasMail) person.wishedAt ??= now;
    },
  };
}

/** An objection that reaches an agent, made at an instant. */
export function bring(person: Person, now: number, madeAt: number): Expected {
  if (person.state === 'forgotten' || person.endedAt !== undefined) return no('unknown-person');
  if (madeAt > now) return no('made-in-the-future');
  if (madeAt < person.importedAt) return no('made-before-import');
  if (person.state === 'opposed') return no('ok');
  const late = tooLate(person, madeAt);
  return late ? no(late) : { says: 'ok', makes: opposes(person, now) };
}

export function request(person: Person, now: number): Expected {
  if (person.state === 'deleting') return no('ok');
  const last = Math.max(person.code?.sentAt ?? 0, person.requestedAt);
  if (!person.hasMail || now - last < minute / 2) return no('ok');
  return {
    says: 'ok',
    makes: () => {
      const starts = person.state === 'known' || (person.state === 'invited' && !runs(person));
      newCode(person, now);
      person.requestedAt = now;
      if (starts) inform(person, now);
    },
  };
}

export function activate(person: Person, now: number, account: string): Expected {
  const { code, state } = person;
  if (!code) return no('not-recognised');
  if (state === 'activated' && person.account === account) return no('already-linked');
  if (code.burnt) return no('code-burnt');
  if (code.used) return no('code-used');
  if (now > code.validUntil) return no('code-expired');
  if (state === 'deleting') return no('not-activable');
  return {
    says: 'ok',
    makes: () => {
      if (['closed', 'deletion-requested'].includes(state)) person.reopened = true;
      Object.assign(person, { state: 'activated', account, frozen: false, uninformed: false });
      code.used = true;
    },
  };
}

const isClosed = ({ state }: Person) => state === 'closed' || state === 'deletion-requested';

export function leaves(person: State, day: string): void {
  person.deleteFrom = beginOf(day);
  person.remindFrom = beginOf(later(day, { days: -7 }));
  person.reminded = false;
}

export function close(person: Person, now: number, deletion: boolean): Expected {
  const { state } = person;
  if (state !== 'activated' && !isClosed(person)) return no('nothing-to-close');
  if (state === 'deletion-requested' || (state === 'closed' && !deletion)) return no('ok');
  return {
    says: 'ok',
    makes: () => {
      const today = dayOf(now);
      person.reopened = false;
      person.state = deletion ? 'deletion-requested' : 'closed';
      leaves(person, later(today, deletion ? { days: 31 } : { days: 1, years: 10 }));
    },
  };
}

export function reopen(person: Person): Expected {
  if (person.state === 'activated' && person.reopened) return no('ok');
  // Who objected has no account by which he could be known.
  if (person.state === 'deleting')
    return no(person.account === undefined ? 'nothing-to-reopen' : 'deletion-under-way');
  if (!isClosed(person)) return no('nothing-to-reopen');
  return { says: 'ok', makes: () => Object.assign(person, { state: 'activated', reopened: true }) };
}

export function sweep(person: Person, now: number): void {
  if (runs(person) && person.deadline < now) person.state = 'open';
}

/** What the clock does about a deletion: reminds, begins, has the rooms erase, and finishes. */
export function erase(person: Person, now: number): void {
  if (isClosed(person)) {
    if (!person.reminded && person.remindFrom <= now) {
      person.reminded = true;
      // Where an address gives the reminder back, it goes by letter as well, which takes days.
      const earliest = beginOf(
        later(dayOf(now), { days: person.bounces && person.hasMail ? 14 : 7 }),
      );
      person.deleteFrom = Math.max(person.deleteFrom, earliest);
    }
    if (person.reminded && person.deleteFrom <= now) begins(person, now);
    return;
  }
  if (person.state === 'opposed' && person.keptUntil > 0 && person.keptUntil <= now) {
    begins(person, now);
    return;
  }
  if (person.state === 'deleted') {
    endTrace(person, now);
    return;
  }
  if (person.state !== 'deleting') return;
  person.erasedAt ??= now;
  // At the very end of the five minutes a cache may still know the key.
  if (now < person.begunAt + 6 * minute || now <= person.erasedAt + 5 * minute) return;
  Object.assign(person, { state: 'deleted', code: undefined, hasMail: false, rowTold: false });
  person.traceUntil = beginOf(later(dayOf(now), { days: 1, years: 10 }));
  person.endedAt = undefined;
  for (const one of person.absorbed) one.rowErased = true;
}

/** From then on no code is good, and none is sent. */
function begins(person: Person, now: number): void {
  Object.assign(person, { state: 'deleting', begunAt: now, erasedAt: undefined });
  Object.assign(person, { code: undefined, wishedAt: undefined });
}

/** Ten years after a deletion nothing is left, first of what leads there, then of the lines, then of the record. */
function endTrace(person: Person, now: number): void {
  if (person.endedAt === undefined) {
    if (now < person.traceUntil) return;
    Object.assign(person, { endedAt: now, code: undefined, hasMail: false });
  } else if (now >= person.endedAt + 5 * minute) person.state = 'forgotten';
}

/** The insurance body names him again, by the same row: that brings back who he is where that was erased. */
export function nameAgain(person: Person): Expected {
  if (person.rowTold) return no('unchanged');
  return {
    says: 'updated',
    makes: () => Object.assign(person, { rowTold: true, hasMail: person.row.email !== '' }),
  };
}
