import type { Expected } from '../moves.ts';
import type { System } from '../system.ts';
import {
  activateFor,
  answerMother,
  answerWish,
  type Child,
  closeFor,
  inviteFather,
  inviteFor,
  objectFor,
  type Parent,
  reopenFor,
} from './child.ts';
import type { FamilySystem } from './system.ts';

/** Both halves of the system: what parents do, and what is done to anybody. */
export interface Systems {
  readonly family: FamilySystem;
  readonly system: System;
}

/** Something that is done in a child's record; undefined where there is nothing that it could be done to. */
export interface FamilyAct {
  expect(child: Child, now: number): Expected | undefined;
  play(by: Systems, child: Child, now: number): Promise<string>;
}

const closing = (by: Parent, deletion: boolean): FamilyAct => ({
  expect: (child, now) => closeFor(child, now, by, deletion),
  play: ({ family }, child, now) => family.close(child, now, by, deletion),
});
const answering = (by: Parent, agrees: boolean): FamilyAct => ({
  expect: (child, now) => answerWish(child, now, by, agrees),
  play: ({ family }, child, now) => family.answerWish(child, now, by, agrees),
});
const reopening = (by: Parent): FamilyAct => ({
  expect: (child, now) => reopenFor(child, now, by),
  play: ({ family }, child, now) => family.reopen(child, now, by),
});
const second = (accepts: boolean): FamilyAct => ({
  expect: (child, now) => answerMother(child, now, accepts),
  play: ({ family }, child, now) => family.answerMother(child, now, accepts),
});

export const familyActs = {
  'invite for the child': {
    expect: inviteFor,
    play: ({ system }, child, now) => system.invite(child, now),
  },
  'object for the child': {
    expect: (child, now) => (child.code ? objectFor(child, now) : undefined),
    play: ({ family }, child, now) => family.object(child, now),
  },
  'activate for the child': {
    expect: (child, now) => (child.code ? activateFor(child, now) : undefined),
    play: ({ family }, child, now) => family.activate(child, now),
  },
  'invite the father': {
    expect: inviteFather,
    play: ({ family }, child, now) => family.inviteFather(child, now),
  },
  'the father accepts': second(true),
  'the father refuses': second(false),
  'the mother closes': closing('mother', false),
  'the mother wants it deleted': closing('mother', true),
  'the father closes': closing('father', false),
  'the father wants it deleted': closing('father', true),
  'the mother agrees': answering('mother', true),
  'the mother stops it': answering('mother', false),
  'the father agrees': answering('father', true),
  'the father stops it': answering('father', false),
  'the mother reopens': reopening('mother'),
  'the father reopens': reopening('father'),
} as const satisfies Readonly<Record<string, FamilyAct>>;
export type FamilyActName = keyof typeof familyActs;
export const familyActNames = Object.keys(familyActs).filter(
  (name): name is FamilyActName => name in familyActs,
);
