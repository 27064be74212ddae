import type { Issue } from '#shared/fhir/issue.ts';

/** Why a deposit is refused: the rule that says so, FHIR's word for the kind of issue, French for people. */
const reasons = {
  status: ['DOC-24', 'value', 'Un document se dépose au statut « current »'],
  'subject-missing': ['DOC-30', 'required', 'Le patient doit être nommé par son INS'],
  'subject-ins': ['DOC-30', 'value', 'Le matricule INS du patient n’est pas valable'],
  'type-missing': ['DOC-30', 'required', 'Le type du document doit être donné'],
  'type-refused': ['DOC-0', 'business-rule', 'Ce type de document n’est pas admis dans le dossier'],
  'type-unknown': ['DOC-0', 'code-invalid', 'Ce type de document n’est pas connu'],
  'type-of-patient': ['DOC-1', 'business-rule', 'Ce type est réservé aux documents du patient'],
  'type-of-professional': [
    'DOC-1',
    'business-rule',
    'Un patient dépose un type de document patient',
  ],
  'class-disagrees': [
    'DOC-2',
    'business-rule',
    'La catégorie ne correspond pas au type du document',
  ],
  'author-missing': ['DOC-31', 'required', 'Un auteur doit être donné'],
  'author-professional': [
    'DOC-31',
    'business-rule',
    'Un professionnel doit être nommé comme auteur, par son identifiant national',
  ],
  'author-patient': ['DOC-31', 'business-rule', 'L’auteur d’un document du patient est le patient'],
  'identifier-missing': ['DOC-27', 'required', 'L’identifiant unique du producteur manque'],
  'identifier-form': ['DOC-27', 'value', 'L’identifiant unique doit être un OID ou un UUID'],
  'identifier-identity': ['DOC-27', 'value', 'L’identifiant unique contient un matricule'],
  'date-missing': ['DOC-30', 'required', 'La date de création du document doit être donnée'],
  'date-future': ['DOC-30', 'value', 'La date de création est dans l’avenir'],
  'title-missing': ['DOC-30', 'required', 'Le titre du document doit être donné'],
  'metadata-missing': ['DOC-30', 'required', 'Une métadonnée exigée par le profil complet manque'],
  'one-content': ['DOC-30', 'business-rule', 'Un document a un seul contenu'],
  'content-missing': ['DOC-12', 'required', 'Le contenu du document manque'],
  'content-elsewhere': ['DOC-30', 'not-supported', 'Le contenu doit être joint, pas référencé'],
  empty: ['DOC-12', 'business-rule', 'Un document vide n’est pas admis'],
  'size-disagrees': ['DOC-30', 'value', 'La taille annoncée n’est pas celle du contenu'],
  'hash-disagrees': ['DOC-30', 'value', 'L’empreinte annoncée n’est pas celle du contenu'],
  format: ['DOC-10', 'not-supported', 'Ce format de fichier n’est pas admis'],
  'format-disagrees': ['DOC-10', 'value', 'Le contenu n’a pas le format annoncé'],
  'format-code': ['DOC-30', 'code-invalid', 'Le code de format n’est pas connu'],
  confidentiality: [
    'DOC-20',
    'code-invalid',
    'La confidentialité doit être l’une de N, R, V, avec d’éventuels codes de visibilité connus',
  ],
  'visibility-of-author': [
    'DOC-21',
    'business-rule',
    'Seul un professionnel retarde la visibilité',
  ],
  'visibility-combined': [
    'DOC-21',
    'business-rule',
    'Un document ne peut pas être à la fois invisible au patient et masqué aux professionnels',
  ],
  replaces: ['DOC-25', 'not-supported', 'Le remplacement d’un document n’est pas encore possible'],
} as const satisfies Readonly<Record<string, readonly [rule: string, type: string, text: string]>>;

export type Reason = keyof typeof reasons;

/** The codes of all reasons, for the contract. */
export const reasonCodes: readonly string[] = Object.keys(reasons).map(
  (reason) => `documents/${reason}`,
);

/** An error for a reason, at a place of the resource. */
export function because(reason: Reason, expression: string): Issue {
  const [rule, type, text] = reasons[reason];
  return { severity: 'error', type, code: `documents/${reason}`, rule, text, expression };
}
