import { frenchMoment } from '#shared/kernel/calendar.ts';
import type { Fact } from '#shared/paper/paper.ts';
import type { Sender } from '#shared/paper/sender.ts';
import type { DeletionCertificate, SignedCertificate } from '../certificate-schema.ts';
import type { ProofWords } from './proof-sheet.ts';

const causes = {
  asked: 'Le titulaire, ou son représentant légal, l’a demandée',
  'kept-long-enough': 'La durée de conservation prévue par la loi est passée',
  'holder-died': 'La durée de conservation après le décès du titulaire est passée',
} as const satisfies Record<DeletionCertificate['cause'], string>;

const moment = (instant: string): string => frenchMoment(Date.parse(instant));
const numbered = (count: number): string => String(count);
const inGroups = (text: string, length: number): string =>
  text.match(new RegExp(`.{1,${length}}`, 'g'))?.join(' ') ?? '';

type Told = {
  readonly [K in keyof Required<DeletionCertificate>]: readonly [
    name: string,
    words: (value: NonNullable<DeletionCertificate[K]>) => string,
  ];
};

/** How each field of a certificate reads. A field without words here does not compile: the sheet says all of it. */
const told: Told = {
  kind: ['Document', () => 'Attestation de suppression'],
  v: ['Version du modèle', numbered],
  deployment: ['Service', (name) => name],
  record: ['Espace', (record) => inGroups(record, 4)],
  deletion: ['Suppression numéro', numbered],
  cause: ['Raison', (cause) => causes[cause]],
  closedAt: ['Espace fermé le', moment],
  askedAt: ['Suppression demandée le', moment],
  begunAt: ['Suppression commencée le', moment],
  keyDestroyedAt: ['Clé de chiffrement détruite le', moment],
  cachesEmptyAt: ['Clé introuvable depuis le', moment],
  documents: ['Documents supprimés', numbered],
  versions: ['Versions supprimées', numbered],
  contentErasedAt: ['Contenus effacés le', moment],
  noticesErasedAt: ['Notifications effacées le', moment],
  finishedAt: ['Suppression terminée le', moment],
};

const factOf = <K extends keyof Told>(
  certificate: DeletionCertificate,
  field: K,
): readonly Fact[] => {
  const value = certificate[field];
  if (value === undefined) return [];
  const [name, words] = told[field];
  return [[name, words(value)]];
};

/** The name of the signed certificate inside its sheet. */
export const enclosedName = 'attestation-de-suppression.json';

/** What a sheet says of a certificate, whoever sends it: each field in words, and who signed it. */
export function certificateFacts(signed: SignedCertificate): readonly Fact[] {
  const { certificate, key, signature, algorithm } = signed;
  const fields: readonly (keyof Told)[] = Object.keys(told).filter(isField);
  return [
    ...fields.flatMap((field) => factOf(certificate, field)),
    ['Signature', inGroups(signature, 24)],
    ['Procédé de signature', algorithm],
    ['Clé de signature', inGroups(key.kid, 24)],
  ];
}

/** A certificate of deletion in words (ENR-43): each field, who signed it, and how it is checked. */
export function certificateWords(signed: SignedCertificate, sender: Sender): ProofWords {
  return {
    title: 'Attestation de suppression',
    opening: [
      'L’espace désigné ci-dessous a été supprimé, avec tout ce qu’il contenait. Les heures sont celles de Paris.',
    ],
    facts: certificateFacts(signed),
    sections: [
      {
        heading: 'Comment vérifier cette attestation ?',
        paragraphs: [
          `Gardez ce fichier : il contient, en pièce jointe, l’attestation signée (${enclosedName}), qui seule fait foi. N’importe qui peut vérifier la signature, sans nous. Le ${sender.phone} vous aide.`,
        ],
      },
    ],
  };
}

const isField = (word: string): word is keyof Told => Object.hasOwn(told, word);
