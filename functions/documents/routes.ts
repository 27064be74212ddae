import { OperationOutcome } from '#shared/fhir/outcome.ts';
import type { Routes } from '#shared/http/route.ts';
import { reasonCodes } from './rules/reasons.ts';
import {
  BinaryName,
  Capabilities,
  DocumentName,
  Resource,
  SearchAddress,
  SearchForm,
  Searchset,
} from './schema.ts';

/** 4 MiB as base64, and room for what describes it; a function takes an event of 6 MiB. */
const inlineBytes = 5_900_000;

/** Finding out whose record it is and whether it is open. */
const admission = {
  tables: { ENROLMENT_TABLE: ['GetItem'], IDENTITY_TABLE: ['GetItem'] },
  keys: { IDENTITY_KEY: ['Decrypt'] },
  parameters: ['CONDITIONS'],
} as const;

const reading = {
  ...admission,
  tables: {
    ...admission.tables,
    DOCUMENTS_TABLE: ['GetItem'],
    JOURNAL_TABLE: ['Query', 'PutItem'],
    KEYS_TABLE: ['GetItem'],
  },
  keys: { ...admission.keys, HOLDER_KEY: ['Decrypt'] },
} as const;

const searching = {
  ...reading,
  tables: { ...reading.tables, DOCUMENTS_TABLE: ['Query'] },
} as const;

const signedIn = ['holder', 'professional', 'agent', 'establishment'] as const;

export const routes = {
  readCapabilities: {
    method: 'GET',
    path: '/fhir/metadata',
    summary: 'What this FHIR server does (CapabilityStatement).',
    callers: ['public'],
    fhir: 'resource',
    answers: { 200: Capabilities },
    rights: {},
  },
  validateDocument: {
    method: 'POST',
    path: '/fhir/DocumentReference/$validate',
    summary: 'Judges a DocumentReference by FHIR R4 and tells what is wrong. Stores nothing.',
    callers: signedIn,
    fhir: 'resource',
    body: Resource,
    maxBytes: inlineBytes,
    answers: { 200: OperationOutcome },
    rights: {},
  },
  validateBinary: {
    method: 'POST',
    path: '/fhir/Binary/$validate',
    summary: 'Judges a Binary by FHIR R4 and tells what is wrong. Stores nothing.',
    callers: signedIn,
    fhir: 'resource',
    body: Resource,
    maxBytes: inlineBytes,
    answers: { 200: OperationOutcome },
    rights: {},
  },
  depositDocument: {
    method: 'POST',
    path: '/fhir/DocumentReference',
    summary: 'Deposits one document with its content (IHE MHD ITI-105, PDSm simplified publish).',
    callers: ['establishment', 'holder'],
    actsFor: true,
    fhir: 'resource',
    body: Resource,
    maxBytes: inlineBytes,
    answers: { 200: Resource, 201: Resource },
    refusals: [
      'access/not-linked',
      'access/not-guardian',
      'access/record-closed',
      'access/conditions-to-accept',
      'access/unknown-patient',
      'documents/other-content',
      'documents/other-resource',
      'documents/too-large',
      ...reasonCodes,
    ],
    rights: {
      ...admission,
      tables: {
        ...admission.tables,
        DOCUMENTS_TABLE: ['GetItem', 'PutItem'],
        JOURNAL_TABLE: ['Query', 'PutItem'],
        KEYS_TABLE: ['GetItem', 'PutItem'],
      },
      buckets: { VAULT_BUCKET: [{ action: 'PutObject', prefix: '' }] },
      keys: {
        ...admission.keys,
        HOLDER_KEY: ['Decrypt', 'GenerateDataKeyWithoutPlaintext', 'ReEncryptFrom', 'ReEncryptTo'],
      },
    },
  },
  searchDocuments: {
    method: 'POST',
    path: '/fhir/DocumentReference/_search',
    summary: 'Searches the documents of one’s own record (IHE MHD ITI-67).',
    callers: ['holder', 'assisted'],
    actsFor: true,
    fhir: 'resource',
    form: true,
    body: SearchForm,
    answers: { 200: Searchset },
    refusals: [
      'access/not-linked',
      'access/not-guardian',
      'access/record-closed',
      'access/conditions-to-accept',
      'access/unknown-patient',
      'documents/search-value',
    ],
    rights: searching,
  },
  listDocuments: {
    method: 'GET',
    path: '/fhir/DocumentReference',
    summary: 'All documents of one’s own record, or the next page of a search.',
    callers: ['holder', 'assisted'],
    actsFor: true,
    fhir: 'resource',
    query: SearchAddress,
    answers: { 200: Searchset },
    refusals: [
      'access/not-linked',
      'access/not-guardian',
      'access/record-closed',
      'access/conditions-to-accept',
      'documents/identity-in-address',
      'documents/search-by-post',
      'documents/page',
    ],
    rights: searching,
  },
  readDocument: {
    method: 'GET',
    path: '/fhir/DocumentReference/{document}',
    summary: 'Reads what describes a document.',
    callers: ['holder', 'assisted'],
    actsFor: true,
    fhir: 'resource',
    parameters: DocumentName,
    answers: { 200: Resource },
    refusals: [
      'access/not-linked',
      'access/not-guardian',
      'access/record-closed',
      'access/conditions-to-accept',
      'documents/unknown-document',
    ],
    rights: reading,
  },
  readContent: {
    method: 'GET',
    path: '/fhir/Binary/{binary}',
    summary: 'Reads the content of a document (IHE MHD ITI-68).',
    callers: ['holder', 'assisted'],
    actsFor: true,
    stream: true,
    fhir: 'content',
    parameters: BinaryName,
    answers: { 200: Resource },
    refusals: [
      'access/not-linked',
      'access/not-guardian',
      'access/record-closed',
      'access/conditions-to-accept',
      'documents/unknown-document',
    ],
    rights: {
      ...reading,
      buckets: { VAULT_BUCKET: [{ action: 'GetObject', prefix: '' }] },
    },
  },
} as const satisfies Routes;
