/**
 * Media types that a document may have: those of patients (DOC-10: their own application's list, PNG by
 * its help pages), and CDA for software of professionals (DOC-11).
 */
export interface Format {
  readonly mime: string;
  /** Whether a patient may send it himself. */
  readonly patient: boolean;
  /** Format code (IHE) that is noted where the producer gave none. */
  readonly code: string;
}

const sufficient = 'urn:ihe:iti:xds:2017:mimeTypeSufficient';

export const formats: readonly Format[] = [
  { mime: 'application/pdf', patient: true, code: 'urn:ihe:iti:xds-sd:pdf:2008' },
  { mime: 'text/plain', patient: true, code: 'urn:ihe:iti:xds-sd:text:2008' },
  { mime: 'application/rtf', patient: true, code: sufficient },
  { mime: 'text/rtf', patient: true, code: sufficient },
  { mime: 'image/jpeg', patient: true, code: sufficient },
  { mime: 'image/png', patient: true, code: sufficient },
  { mime: 'image/tiff', patient: true, code: sufficient },
  { mime: 'application/xml', patient: false, code: sufficient },
  { mime: 'text/xml', patient: false, code: sufficient },
];

/** Format codes that a producer may give: IHE's, and those of JDV_J10/J60 by their beginning. Incomplete. */
export const formatCodes = {
  known: [
    sufficient,
    'urn:ihe:iti:xds-sd:pdf:2008',
    'urn:ihe:iti:xds-sd:text:2008',
    'urn:ihe:iti:xds-sd:jpeg:2010',
    'urn:ihe:iti:xds-sd:tiff:2010',
    'urn:ihe:iti:xds-sd:rtf:2010',
  ],
  beginnings: ['urn:ihe:', 'urn:asip:', 'urn:ans:', 'urn:hl7-org:', '1.2.840.10008.'],
} as const;
