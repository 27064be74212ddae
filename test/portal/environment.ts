/** Imported first of all, for its effect: what the room's modules read when they are loaded, beside enrolment's. */
import '#test/enrolment/nights/environment.ts';
import process from 'node:process';
import { delays } from '#test/enrolment/builders.ts';
import { sender } from '#test/enrolment/papers/sheets.ts';

Object.assign(process.env, {
  DELETION_DELAYS: JSON.stringify(delays),
  LETTER_SENDER: JSON.stringify(sender),
  MAJORITY_AGE: '18',
  MINOR_OWN_CARD_AGE: 'off',
});
