import type { Issue } from '#shared/fhir/issue.ts';
import type { DocumentReference } from '../schema.ts';
import { judgeContent, type Measured } from './content.ts';
import { classAgrees, isOfPatient, type Kind, kindOf } from './kind.ts';
import {
  judgeComprehensive,
  judgeDate,
  judgeFormatCode,
  judgeIdentifier,
  judgeLabels,
  judgeSettings,
} from './metadata.ts';
import { isByPatient, professionalOf } from './people.ts';
import { because } from './reasons.ts';

/** Everything that may be said of a deposit before anybody is looked up. */
export interface Deposit {
  readonly document: DocumentReference;
  readonly measured: Measured;
  readonly by: 'establishment' | 'holder';
  /** When it was received, milliseconds. */
  readonly now: number;
}

/**
 * Judges a sound DocumentReference by the rules of the French record (DOC-0, DOC-1, DOC-10, DOC-12,
 * DOC-20, DOC-27, DOC-30, DOC-31); the kind is there when no error was found.
 */
export function judgeDeposit(deposit: Deposit): { issues: Issue[]; kind: Kind | undefined } {
  const { document, measured, by, now } = deposit;
  const kind = kindOf(document.type);
  const [first, another] = document.content;
  const issues = [
    ...(document.status === 'current' ? [] : [because('status', 'DocumentReference.status')]),
    ...(document.relatesTo?.some(({ code }) => code === 'replaces')
      ? [because('replaces', 'DocumentReference.relatesTo')]
      : []),
    ...(typeof kind === 'string'
      ? [because(kind, 'DocumentReference.type')]
      : judgeKind(document, kind, by)),
    ...judgeAuthor(document, by),
    ...judgeIdentifier(document),
    ...judgeLabels(document, by),
    ...judgeDate(document, now),
    ...(first?.attachment.title
      ? []
      : [because('title-missing', 'DocumentReference.content[0].attachment.title')]),
    ...(another ? [because('one-content', 'DocumentReference.content')] : []),
    ...judgePresence(document),
    ...(first?.attachment.data === undefined ? [] : judgeContent(first, measured, by)),
    ...judgeFormatCode(document),
    ...judgeComprehensive(document),
    ...judgeSettings(document),
  ];
  return { issues, kind: typeof kind === 'string' ? undefined : kind };
}

function judgeKind(document: DocumentReference, kind: Kind, by: Deposit['by']): Issue[] {
  const issues: Issue[] = [];
  if (!classAgrees(document.category, kind))
    issues.push(because('class-disagrees', 'DocumentReference.category'));
  if (by === 'holder' && !isOfPatient(kind.type))
    issues.push(because('type-of-professional', 'DocumentReference.type'));
  // A patient's questionnaire (74465-6) may also come from the establishment that handed it out.
  if (by === 'establishment' && /^(DOCPAT|EXPPAT)/.test(kind.type))
    issues.push(because('type-of-patient', 'DocumentReference.type'));
  return issues;
}

function judgeAuthor(document: DocumentReference, by: Deposit['by']): Issue[] {
  const at = 'DocumentReference.author';
  if (by === 'holder') return isByPatient(document) ? [] : [because('author-patient', at)];
  if (!document.author?.length) return [because('author-missing', at)];
  return professionalOf(document) ? [] : [because('author-professional', at)];
}

function judgePresence({ content: [first] }: DocumentReference): Issue[] {
  const at = 'DocumentReference.content[0].attachment';
  if (first?.attachment.data !== undefined) return [];
  return [because(first?.attachment.url ? 'content-elsewhere' : 'content-missing', at)];
}
