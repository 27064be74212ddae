import type { Routes } from '#shared/http/route.ts';
import { decide } from './deciding-rights.ts';
import {
  ActivatedRecord,
  ActivationName,
  ActivationRequest,
  Begun,
  ChildActivationRequest,
  Confirmation,
} from './schema.ts';
import { IdentityActivationRequest } from './schema-identity.ts';

/** Activation moves the status, keeps what is under way and who is whose, and seals addresses. */
const activating = {
  tables: {
    ENROLMENT_TABLE: ['GetItem', 'PutItem', 'UpdateItem'],
    IDENTITY_TABLE: ['GetItem', 'PutItem', 'DeleteItem'],
    JOURNAL_TABLE: ['PutItem'],
    KEYS_TABLE: ['GetItem'],
  },
  keys: { IDENTITY_KEY: ['Decrypt'] },
} as const;

/** How a citizen makes a record his own, or a child’s. */
export const activationRoutes = {
  beginActivation: {
    method: 'POST',
    path: '/enrolment/activations',
    summary:
      'Begins the activation of one’s record, or its linking to another account: NIR, card and provisional code, conditions, address and first choices. Six digits are sent to the address.',
    callers: ['holder'],
    entry: 'activation',
    body: ActivationRequest,
    maxBytes: 2048,
    answers: { 202: Begun },
    refusals: [
      'enrolment/not-recognised',
      'enrolment/too-many-attempts',
      'enrolment/conditions-outdated',
      'enrolment/already-linked',
      'enrolment/card-mismatch',
      'enrolment/account-taken',
      'enrolment/code-used',
      'enrolment/code-burnt',
      'enrolment/code-expired',
      'enrolment/not-activable',
      'enrolment/address-refused',
      'enrolment/too-soon',
    ],
    rights: {
      ...activating,
      mail: true,
      parameters: [
        ...['CODE_HASH', 'CODE_LIMITS', 'CONDITIONS', 'OTP_LIMITS'],
        ...['MAJORITY_AGE', 'MINOR_OWN_CARD_AGE'],
      ],
    },
  },
  beginIdentityActivation: {
    method: 'POST',
    path: '/enrolment/identity-activations',
    summary:
      'Begins the activation of one’s record without a code: the issuer of a strong sign-in vouches for who one is. Six digits are sent to the address.',
    callers: ['holder'],
    entry: 'activation',
    body: IdentityActivationRequest,
    maxBytes: 8192,
    answers: { 202: Begun },
    refusals: [
      'enrolment/identity-level',
      'enrolment/identity-unproved',
      'enrolment/not-recognised',
      'enrolment/too-many-attempts',
      'enrolment/conditions-outdated',
      'enrolment/already-linked',
      'enrolment/account-taken',
      'enrolment/code-required',
      'enrolment/not-activable',
      'enrolment/address-refused',
      'enrolment/too-soon',
    ],
    rights: {
      ...activating,
      ...{ mail: true, issuers: true },
      parameters: [...['CODE_HASH', 'CODE_LIMITS', 'CONDITIONS', 'IDENTITY_SECONDS', 'OTP_LIMITS']],
    },
  },
  activateChild: {
    method: 'POST',
    path: '/enrolment/child-activations',
    summary:
      'Activates a child’s record from its guardian’s account: his NIR, the card, the child’s birth date and code. He certifies being its legal representative.',
    callers: ['holder'],
    entry: 'activation',
    body: ChildActivationRequest,
    maxBytes: 2048,
    answers: { 200: ActivatedRecord },
    refusals: [
      'enrolment/activate-first',
      'enrolment/not-recognised',
      'enrolment/too-many-attempts',
      'enrolment/conditions-outdated',
      'enrolment/which-child',
      'enrolment/not-guardian',
      'enrolment/child-blocked',
      'enrolment/two-guardians',
      'enrolment/code-used',
      'enrolment/code-burnt',
      'enrolment/code-expired',
      'enrolment/not-activable',
    ],
    rights: {
      tables: { ...decide.tables, IDENTITY_TABLE: ['GetItem'] },
      keys: decide.keys,
      parameters: ['CODE_HASH', 'CODE_LIMITS', 'CONDITIONS'],
    },
  },
  resendOtp: {
    method: 'POST',
    path: '/enrolment/activations/{activation}/sendings',
    summary: 'Sends new digits to the address of an activation under way.',
    callers: ['holder'],
    entry: 'activation',
    parameters: ActivationName,
    answers: { 202: Begun },
    refusals: [
      'enrolment/unknown-activation',
      'enrolment/too-soon',
      'enrolment/too-many-attempts',
      'enrolment/address-refused',
    ],
    rights: { ...activating, mail: true, parameters: ['OTP_LIMITS'] },
  },
  confirmActivation: {
    method: 'POST',
    path: '/enrolment/activations/{activation}/confirmation',
    summary:
      'Confirms the address with the six digits: the record is activated, and linked to this account.',
    callers: ['holder'],
    entry: 'activation',
    parameters: ActivationName,
    body: Confirmation,
    maxBytes: 256,
    answers: { 200: ActivatedRecord },
    refusals: [
      'enrolment/unknown-activation',
      'enrolment/otp-wrong',
      'enrolment/otp-dead',
      'enrolment/otp-expired',
      'enrolment/already-linked',
      'enrolment/account-taken',
      'enrolment/code-used',
      'enrolment/code-expired',
      'enrolment/code-required',
      'enrolment/not-activable',
    ],
    rights: { ...activating, parameters: ['OTP_LIMITS'] },
  },
} as const satisfies Routes;
