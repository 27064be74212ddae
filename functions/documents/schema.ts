import * as z from 'zod';

const identifier = z.looseObject({
  use: z.string().optional(),
  system: z.string().optional(),
  value: z.string().optional(),
});
const coding = z.looseObject({
  system: z.string().optional(),
  code: z.string().optional(),
  display: z.string().optional(),
});
const concept = z.looseObject({ coding: z.array(coding).optional(), text: z.string().optional() });
const reference = z.looseObject({
  reference: z.string().optional(),
  type: z.string().optional(),
  identifier: identifier.optional(),
  display: z.string().optional(),
});
const human = z.looseObject({
  text: z.string().optional(),
  family: z.string().optional(),
  given: z.array(z.string()).optional(),
  prefix: z.array(z.string()).optional(),
});
const contained = z.looseObject({
  resourceType: z.string(),
  id: z.string().optional(),
  identifier: z.array(identifier).optional(),
  /** Of people a list of names, of organisations a text. */
  name: z.union([z.array(human), z.string()]).optional(),
  practitioner: reference.optional(),
});
const period = z.looseObject({ start: z.string().optional(), end: z.string().optional() });

export type Identifier = z.infer<typeof identifier>;
export type Coding = z.infer<typeof coding>;
export type Concept = z.infer<typeof concept>;
export type Reference = z.infer<typeof reference>;
export type Contained = z.infer<typeof contained>;

/** A DocumentReference as rules read it: sound FHIR (that is judged before), of which only this matters. */
export const DocumentReference = z.looseObject({
  resourceType: z.literal('DocumentReference'),
  id: z.string().optional(),
  meta: z.looseObject({ profile: z.array(z.string()).optional() }).optional(),
  contained: z.array(contained).optional(),
  masterIdentifier: identifier.optional(),
  identifier: z.array(identifier).optional(),
  status: z.string(),
  type: concept.optional(),
  category: z.array(concept).optional(),
  subject: reference.optional(),
  date: z.string().optional(),
  author: z.array(reference).optional(),
  authenticator: reference.optional(),
  relatesTo: z.array(z.looseObject({ code: z.string() })).optional(),
  securityLabel: z.array(concept).optional(),
  content: z.array(
    z.looseObject({
      attachment: z.looseObject({
        contentType: z.string().optional(),
        language: z.string().optional(),
        data: z.string().optional(),
        url: z.string().optional(),
        size: z.number().optional(),
        hash: z.string().optional(),
        title: z.string().optional(),
        creation: z.string().optional(),
      }),
      format: coding.optional(),
    }),
  ),
  context: z
    .looseObject({
      period: period.optional(),
      facilityType: concept.optional(),
      practiceSetting: concept.optional(),
      sourcePatientInfo: reference.optional(),
    })
    .optional(),
});
export type DocumentReference = z.infer<typeof DocumentReference>;

const id = z.string().regex(/^[a-z2-7]{26}$|^[a-z0-9]{26}$/);
export const DocumentName = z.strictObject({ document: id });
export const BinaryName = z.strictObject({ binary: id });

/** A resource in or out; its shape is judged by the definitions of R4, not here. */
export const Resource = z.looseObject({ resourceType: z.string().max(64) });

const text = z.string().min(1).max(400);
const many = z.union([text, z.array(text).min(1).max(4)]);

/** ITI-67 as a form. Times and kinds are never in an address: so is this search. */
export const SearchForm = z.strictObject({
  'patient.identifier': text.optional(),
  'subject:Patient.identifier': text.optional(),
  type: text.optional(),
  category: text.optional(),
  date: many.optional(),
  status: text.optional(),
  _count: z.coerce.number().int().min(1).max(50).optional(),
  _format: text.optional(),
});
export type SearchForm = z.infer<typeof SearchForm>;

/** What an address may say of a search: how many, and which page. The rest is looked at to be refused. */
export const SearchAddress = z.looseObject({
  page: z
    .string()
    .regex(/^[A-Za-z0-9_-]{40,2000}$/)
    .optional(),
  _count: z.coerce.number().int().min(1).max(50).optional(),
});

export const Searchset = z.looseObject({
  resourceType: z.literal('Bundle'),
  type: z.literal('searchset'),
});
export const Capabilities = z.looseObject({ resourceType: z.literal('CapabilityStatement') });
