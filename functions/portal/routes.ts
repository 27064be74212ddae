import * as z from 'zod';
import { decide } from '#functions/enrolment/deciding-rights.ts';
import type { Route, Routes } from '#shared/http/route.ts';
import { CodeForm, ObjectionForm } from './schema.ts';

const shown = {
  ...{ method: 'GET', callers: ['public'], media: 'text/html', answers: { 200: z.string() } },
  rights: { parameters: ['LETTER_SENDER'] },
} as const satisfies Omit<Route, 'path' | 'summary'>;
const sent = {
  ...{ method: 'POST', callers: ['public'], media: 'text/html', form: true, maxBytes: 2048 },
  body: ObjectionForm,
  // A page each: done, faulty fields, not recognised, too late or done before, too many attempts.
  answers: { 201: z.string(), 400: z.string(), 403: z.string(), 409: z.string(), 429: z.string() },
  rights: { ...decide, parameters: [...decide.parameters, 'DELETION_DELAYS', 'LETTER_SENDER'] },
} as const satisfies Omit<Route, 'path' | 'summary'>;
const wished = {
  ...{ ...sent, body: CodeForm },
  // A page each: received, faulty fields, too many attempts. The first is the same for somebody and nobody.
  answers: { 202: z.string(), 400: z.string(), 429: z.string() },
  rights: {
    ...decide,
    parameters: [...sent.rights.parameters, 'MAJORITY_AGE', 'MINOR_OWN_CARD_AGE'],
  },
} as const satisfies Omit<Route, 'path' | 'summary'>;

export const routes = {
  readLetterPage: {
    ...shown,
    path: '/courrier',
    summary: 'The page to which the QR code of a letter leads: what one may do, in plain French.',
  },
  readObjectionForm: {
    ...shown,
    path: '/courrier/refuser',
    summary: 'The form for objecting to the opening of one’s own record, without a script.',
  },
  objectByForm: {
    ...sent,
    path: '/courrier/refuser',
    summary: 'Objects by the form: the page says the reference and offers the proof.',
  },
  readChildForm: {
    ...shown,
    path: '/courrier/refuser-pour-un-enfant',
    summary: 'The form for objecting to the opening of a child’s record.',
  },
  objectForChildByForm: {
    ...sent,
    path: '/courrier/refuser-pour-un-enfant',
    summary: 'Objects for a child by the form, as its legal representative.',
  },
  readCodeForm: {
    ...shown,
    path: '/courrier/nouveau-code',
    summary:
      'The form for a new provisional code by mail, letter or text message, without a script.',
  },
  askCodeByForm: {
    ...wished,
    path: '/courrier/nouveau-code',
    summary: 'Asks for a new code by the form: the page says what happens, the same for everybody.',
  },
  readChildCodeForm: {
    ...shown,
    path: '/courrier/nouveau-code-pour-un-enfant',
    summary: 'The form for a new provisional code for a child.',
  },
  askChildCodeByForm: {
    ...wished,
    path: '/courrier/nouveau-code-pour-un-enfant',
    summary: 'Asks for a new code for a child by the form, by its guardian’s number.',
  },
} as const satisfies Routes;
