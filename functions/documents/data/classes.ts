/** Classes of documents: JDV_J57 (ClassCode DMP, OID 1.2.250.1.213.1.1.5.6) of the NOS, as of 2024-02-23. */
export const classes: Readonly<Record<string, string>> = {
  '10': 'Compte rendu',
  '11': 'Synthèse',
  '31': 'Imagerie médicale',
  '42': 'Prescription',
  '43': 'Dispensation',
  '44': 'Plan de soins, protocole de soins',
  '45': 'Traitement administré',
  '52': 'Certificat, déclaration',
  '60': 'Données de remboursement',
  '90': 'Autres documents déposés par le patient',
  '95': 'Document de gestion',
};

/** The code systems that a type, class or confidentiality may be said in; FHIR address, then OID. */
export const systems = {
  loinc: ['http://loinc.org', 'urn:oid:2.16.840.1.113883.6.1'],
  type: [
    'https://mos.esante.gouv.fr/NOS/TRE_A05-TypeDocComplementaire/FHIR/TRE-A05-TypeDocComplementaire',
    'urn:oid:1.2.250.1.213.1.1.4.12',
  ],
  class: [
    'https://mos.esante.gouv.fr/NOS/TRE_A03-ClasseDocument/FHIR/TRE-A03-ClasseDocument',
    'urn:oid:1.2.250.1.213.1.1.4.1',
  ],
  confidentiality: [
    'http://terminology.hl7.org/CodeSystem/v3-Confidentiality',
    'urn:oid:2.16.840.1.113883.5.25',
  ],
  visibility: [
    'https://mos.esante.gouv.fr/NOS/TRE_A07-StatusVisibiliteDocument/FHIR/TRE-A07-StatusVisibiliteDocument',
    'urn:oid:1.2.250.1.213.1.1.4.13',
  ],
  format: [
    'http://ihe.net/fhir/ihe.formatcode.fhir/CodeSystem/formatcode',
    'urn:oid:1.3.6.1.4.1.19376.1.2.3',
    'https://mos.esante.gouv.fr/NOS/TRE_A06-FormatCodeComplementaire/FHIR/TRE-A06-FormatCodeComplementaire',
    'urn:oid:1.2.250.1.213.1.1.4.2.282',
  ],
  snomed: ['http://snomed.info/sct', 'urn:oid:2.16.840.1.113883.6.96'],
  facility: [
    'https://mos.esante.gouv.fr/NOS/TRE_R02-SecteurActivite/FHIR/TRE-R02-SecteurActivite',
    'urn:oid:1.2.250.1.71.4.2.4',
  ],
  practice: [
    'https://mos.esante.gouv.fr/NOS/TRE_A01-CadreExercice/FHIR/TRE-A01-CadreExercice',
    'urn:oid:1.2.250.1.213.1.1.4.9',
  ],
} as const satisfies Readonly<Record<string, readonly [string, ...string[]]>>;

/** Confidentiality of JDV_J58 (OID 1.2.250.1.213.1.1.5.9), one of which every document has (DOC-20). */
export const confidentialities: readonly string[] = ['N', 'R', 'V'];

/** Visibility codes of JDV_J58; more of TRE_A07 exist that this record does not use (DOC-20). */
export const visibilities: readonly string[] = [
  'MASQUE_PS',
  'INVISIBLE_PATIENT',
  'INVISIBLE_REPRESENTANTS_LEGAUX',
];
