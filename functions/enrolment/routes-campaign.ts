import type { Routes } from '#shared/http/route.ts';
import {
  Import,
  ImportName,
  Imports,
  Page,
  Wave,
  WaveName,
  WavePace,
  WavePlan,
  WavePreview,
  WavePreviewQuery,
  Waves,
} from './schema.ts';

/** What an order to a wave changes and tells. */
const ordering = {
  tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem'], JOURNAL_TABLE: ['PutItem'] },
} as const;
/** What sets a wave going: its parts are handed to the workers at once. */
const going = {
  tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem', 'Query'], JOURNAL_TABLE: ['PutItem'] },
  queues: { SENDING_QUEUE: ['SendMessage'] },
} as const;
const notAsItIs = ['enrolment/role-required', 'enrolment/unknown-wave'] as const;

/** What those who run the campaign ask for: waves, and the files of insured people. */
export const campaignRoutes = {
  planWave: {
    method: 'PUT',
    path: '/enrolment/waves/{wave}',
    summary: 'Plans a wave of invitations: départements and the day of sending.',
    callers: ['agent'],
    entry: 'campaign',
    parameters: WaveName,
    body: WavePlan,
    answers: { 200: Wave },
    refusals: [
      'enrolment/role-required',
      'enrolment/wave-in-the-past',
      'enrolment/wave-begun',
      'enrolment/wave-ended',
      'enrolment/department-in-wave',
    ],
    rights: {
      tables: { ENROLMENT_TABLE: ['GetItem', 'PutItem', 'Query'], JOURNAL_TABLE: ['PutItem'] },
    },
  },
  readWave: {
    method: 'GET',
    path: '/enrolment/waves/{wave}',
    summary:
      'One wave, with how many people were invited, left to a letter and informed by one so far, and how many of its parts are done.',
    callers: ['agent'],
    entry: 'campaign',
    parameters: WaveName,
    answers: { 200: Wave },
    refusals: ['enrolment/role-required', 'enrolment/unknown-wave'],
    rights: { tables: { ENROLMENT_TABLE: ['GetItem', 'Query'] } },
  },
  listWaves: {
    method: 'GET',
    path: '/enrolment/waves',
    summary: 'The waves, by name.',
    callers: ['agent'],
    entry: 'campaign',
    query: Page,
    answers: { 200: Waves },
    refusals: ['enrolment/role-required'],
    rights: { tables: { ENROLMENT_TABLE: ['Query'] } },
  },
  readImport: {
    method: 'GET',
    path: '/enrolment/imports/{import}',
    summary: 'One import of insured people: how far it is, what was taken, what was refused.',
    callers: ['agent'],
    entry: 'campaign',
    parameters: ImportName,
    answers: { 200: Import },
    refusals: ['enrolment/role-required', 'enrolment/unknown-import'],
    rights: { tables: { ENROLMENT_TABLE: ['GetItem'] } },
  },
  listImports: {
    method: 'GET',
    path: '/enrolment/imports',
    summary: 'The imports, latest first.',
    callers: ['agent'],
    entry: 'campaign',
    query: Page,
    answers: { 200: Imports },
    refusals: ['enrolment/role-required'],
    rights: { tables: { ENROLMENT_TABLE: ['Query', 'BatchGetItem'] } },
  },
  startWave: {
    method: 'POST',
    path: '/enrolment/waves/{wave}/start',
    summary:
      'Begins a planned wave whose day has come without waiting for the next hour of sending, or goes on with a paused one.',
    callers: ['agent'],
    entry: 'campaign',
    parameters: WaveName,
    answers: { 200: Wave },
    refusals: [...notAsItIs, 'enrolment/wave-ended', 'enrolment/wave-not-due'],
    rights: going,
  },
  pauseWave: {
    method: 'POST',
    path: '/enrolment/waves/{wave}/pause',
    summary:
      'Pauses a wave: the workers stop after the people they have in hand, nothing is lost, and it goes on where it was.',
    callers: ['agent'],
    entry: 'campaign',
    parameters: WaveName,
    answers: { 200: Wave },
    refusals: [...notAsItIs, 'enrolment/wave-ended'],
    rights: ordering,
  },
  stopWave: {
    method: 'POST',
    path: '/enrolment/waves/{wave}/stop',
    summary:
      'Ends a wave for good. Who was informed stays so; who was not is free for another wave.',
    callers: ['agent'],
    entry: 'campaign',
    parameters: WaveName,
    answers: { 200: Wave },
    refusals: [...notAsItIs, 'enrolment/wave-ended'],
    rights: ordering,
  },
  paceWave: {
    method: 'PUT',
    path: '/enrolment/waves/{wave}/pace',
    summary: 'Sets how many mails a second a wave may send at most, also while it is being sent.',
    callers: ['agent'],
    entry: 'campaign',
    parameters: WaveName,
    body: WavePace,
    answers: { 200: Wave },
    refusals: [...notAsItIs, 'enrolment/wave-ended'],
    rights: ordering,
  },
  previewWave: {
    method: 'GET',
    path: '/enrolment/wave-preview',
    summary:
      'Counts who would be informed if a wave of these départements were sent now, by mail or left to a letter.',
    callers: ['agent'],
    entry: 'campaign',
    query: WavePreviewQuery,
    lists: ['department'],
    answers: { 200: WavePreview },
    refusals: ['enrolment/role-required'],
    rights: { indexes: { ENROLMENT_TABLE: ['due'] } },
  },
} as const satisfies Routes;
