import { createHash, randomUUID } from 'node:crypto';
import { hashOfLists } from '#functions/documents/read-package.ts';
import type { Lists, Manifest, PackedDocument } from '#functions/documents/schema-dmp.ts';
import { newId } from '#shared/random.ts';
import { deposit, pdf } from './deposits.ts';

const visibility =
  'https://mos.esante.gouv.fr/NOS/TRE_A07-StatusVisibiliteDocument/FHIR/TRE-A07-StatusVisibiliteDocument';
const level = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality';

/** A document of a package with its bytes. */
export interface Packed {
  readonly packed: PackedDocument;
  readonly bytes: Buffer;
}

/** A document as an old DMP holds it; `code` is its label of visibility. */
export function packed(
  nir: string,
  content: string,
  change: { code?: string; title?: string; status?: string; bytes?: Buffer } = {},
): Packed {
  const { code, title = `Ancien bilan ${content}`, status = 'current' } = change;
  const bytes = change.bytes ?? pdf(`${content} ${randomUUID()}`);
  const made = deposit(nir, {
    status,
    date: '2019-03-04T10:00:00+01:00',
    securityLabel: [
      { coding: [{ system: level, code: 'N' }] },
      ...(code ? [{ coding: [{ system: visibility, code }] }] : []),
    ],
    content: [{ attachment: { contentType: 'application/pdf', title } }],
  });
  const resource: PackedDocument['resource'] = {
    ...made,
    resourceType: 'DocumentReference',
    status,
    content: [{ attachment: { contentType: 'application/pdf', title } }],
  };
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { packed: { content, sha256, sizeBytes: bytes.length, resource }, bytes };
}

const doctor = { id: '899700218896', name: 'Dr Salima Supposée', role: 'Médecin' };

/** All that a DMP has beside its documents. */
export const others: Omit<Lists, 'documents'> = {
  reimbursements: [
    {
      on: '2021-11-02',
      label: 'Consultation',
      code: 'G',
      by: doctor,
      amountCents: 2500,
      paidCents: 1650,
    },
    { on: '2021-11-03', label: 'Pharmacie', amountCents: 812, paidCents: 528 },
  ],
  blocks: [{ who: { id: '899700218904', name: 'Dr Untel' }, since: '2018-05-01T08:00:00Z' }],
  authorisations: [
    { who: doctor, role: 'médecin traitant', since: '2017-02-03T09:30:00+01:00' },
    { who: { id: '899700218912' }, since: '2020-01-01T00:00:00Z', until: '2024-01-01T00:00:00Z' },
  ],
  traces: [
    { who: doctor, at: '2019-03-04T10:05:00+01:00', what: 'Consultation d’un document' },
    {
      who: { id: '899700218912' },
      at: '2020-06-07T21:00:00Z',
      what: 'Bris de glace',
      mode: 'break-glass',
    },
  ],
};

/** The manifest of a DMP; a test changes what it is about, and `hash` and counts follow unless it names them. */
export function manifestOf(
  nir: string,
  documents: readonly Packed[],
  change: Partial<Manifest> = {},
): Manifest {
  const lists: Lists = { ...others, documents: documents.map((one) => one.packed) };
  const { reimbursements, blocks, authorisations, traces } = lists;
  return {
    ...lists,
    format: 'dmp-transfer-1',
    transfer: newId(),
    source: 'caisse',
    createdAt: '2022-01-15T03:00:00Z',
    owner: { ins: nir, birthDate: '1985-05-12' },
    counts: {
      documents: documents.length,
      reimbursements: reimbursements.length,
      blocks: blocks.length,
      authorisations: authorisations.length,
      traces: traces.length,
    },
    hash: hashOfLists(lists),
    ...change,
  };
}
