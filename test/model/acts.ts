import {
  activate,
  bounce,
  bring,
  close,
  type Expected,
  guess,
  invite,
  nameAgain,
  object,
  reopen,
  request,
} from './moves.ts';
import type { Person } from './person.ts';
import type { Acting, System } from './system.ts';

/** Something that is done to somebody: what the model expects of it, and how the system is made to do it. */
export interface Act<By = System> {
  expect(person: Person, now: number): Expected;
  play(by: By, person: Person, now: number): Promise<string>;
  /** Whether the code in his last mail counts from then on. */
  readonly mails?: true;
}

const day = 86_400_000;

/** Another code than his, with a right check character. */
const wrong = ({ code }: Person) =>
  code?.text === '0000-0000-0000' ? '1111-1111-1111' : '0000-0000-0000';
/** Two accounts of one person. */
const account = ({ holder }: Person, which: 'first' | 'other') => `model-${holder}-${which}`;

const brought = (daysAgo: number): Act<Acting> => ({
  expect: (person, now) => bring(person, now, now - daysAgo * day),
  play: (system, person, now) => system.bring(person, now, now - daysAgo * day),
});
const guessing = (tries: number): Act<Acting> => ({
  expect: (person, now) => guess(person, now, tries),
  async play(system, person, now) {
    let says = '';
    for (let n = 0; n < tries; n += 1) says = await system.object(person, now, wrong(person));
    return says;
  },
});
const activating = (which: 'first' | 'other'): Act<Acting> => ({
  expect: (person, now) => activate(person, now, account(person, which)),
  play: (system, person, now) => system.activate(person, now, account(person, which)),
});
const closing = (deletion: boolean): Act<Acting> => ({
  expect: (person, now) => close(person, now, deletion),
  play: (system, person, now) => system.close(person, now, deletion),
});

/** What somebody does himself, or has an agent do. */
export const ownActs = {
  object: {
    expect: object,
    play: (system, person, now) => system.object(person, now, person.code?.text ?? wrong(person)),
  },
  'guess once': guessing(1),
  'guess ten times': guessing(10),
  'object by an agent': brought(0),
  'object by an agent, two days ago': brought(2),
  'object by an agent, a hundred days ago': brought(100),
  'object by an agent, tomorrow': brought(-1),
  'ask for a code': {
    expect: request,
    play: (system, person, now) => system.request(person, now),
    mails: true,
  },
  activate: activating('first'),
  'activate with another account': activating('other'),
  close: closing(false),
  'close and ask for deletion': closing(true),
  reopen: { expect: reopen, play: (system, person, now) => system.reopen(person, now) },
} as const satisfies Readonly<Record<string, Act<Acting>>>;
export type OwnAct = keyof typeof ownActs;
export const ownActNames = Object.keys(ownActs).filter((name): name is OwnAct => name in ownActs);

export const acts = {
  invite: {
    expect: invite,
    play: (system, person, now) => system.invite(person, now),
    mails: true,
  },
  bounce: {
    expect: (person) => (person.code ? bounce(person) : { says: 'ok' }),
    play: (system, person, now) => system.bounce(person, now),
  },
  'name again': {
    expect: nameAgain,
    play: (system, person, now) => system.nameAgain(person, now),
  },
  ...ownActs,
} as const satisfies Readonly<Record<string, Act>>;
export type ActName = keyof typeof acts;
export const actNames = Object.keys(acts).filter((name): name is ActName => name in acts);
