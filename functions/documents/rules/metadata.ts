import type { Issue } from '#shared/fhir/issue.ts';
import { confidentialities, systems, visibilities } from '../data/classes.ts';
import { formatCodes } from '../data/formats.ts';
import { facilities, practices } from '../data/settings.ts';
import type { DocumentReference } from '../schema.ts';
import { codesIn } from './kind.ts';
import { because } from './reasons.ts';

/** An OID or UUID as a URN; what follows in XDS after `^` is an extension of the OID. */
const urn =
  /^urn:(oid:[0-2](\.(0|[1-9]\d*)){2,}(\^[\w.-]{1,16})?|uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const nirLike = /[12378]\d{4}(\d\d|2[AB])\d{8}/i;

/** The producer's own identifier of a document (DOC-27): the same wherever the document goes. */
export function judgeIdentifier({ masterIdentifier }: DocumentReference): Issue[] {
  const at = 'DocumentReference.masterIdentifier';
  if (!masterIdentifier?.value) return [because('identifier-missing', at)];
  const { system, value } = masterIdentifier;
  if (system !== 'urn:ietf:rfc:3986' || value.length > 160 || !urn.test(value))
    return [because('identifier-form', at)];
  return value.startsWith('urn:oid:') && value.split(/[.^:]/).some((part) => nirLike.test(part))
    ? [because('identifier-identity', at)]
    : [];
}

/** One of N, R, V and any number of visibility codes (DOC-20, DOC-21); nothing given means N. */
export function judgeLabels(document: DocumentReference, by: 'establishment' | 'holder'): Issue[] {
  const labels = document.securityLabel ?? [];
  if (labels.length === 0) return [];
  const at = 'DocumentReference.securityLabel';
  const levels = labels.flatMap((one) => codesIn(one, ...systems.confidentiality));
  const seen = labels.flatMap((one) => codesIn(one, ...systems.visibility));
  const isWhole =
    levels.length === 1 &&
    levels.every((code) => confidentialities.includes(code)) &&
    seen.every((code) => visibilities.includes(code)) &&
    levels.length + seen.length === labels.flatMap(({ coding = [] }) => coding).length;
  if (!isWhole) return [because('confidentiality', at)];
  const hidden = seen.includes('INVISIBLE_PATIENT');
  const withheld = hidden || seen.includes('INVISIBLE_REPRESENTANTS_LEGAUX');
  if (withheld && by === 'holder') return [because('visibility-of-author', at)];
  return hidden && seen.includes('MASQUE_PS') ? [because('visibility-combined', at)] : [];
}

/** A known format code, where one is given. */
export function judgeFormatCode({ content }: DocumentReference): Issue[] {
  const code = content[0]?.format?.code;
  const fits =
    code === undefined ||
    formatCodes.known.some((known) => known === code) ||
    formatCodes.beginnings.some((begin) => code.startsWith(begin));
  return fits ? [] : [because('format-code', 'DocumentReference.content[0].format')];
}

/** Date of creation, not of the deposit; no later than the end of the following day (clocks differ). */
export function judgeDate({ date }: DocumentReference, now: number): Issue[] {
  const at = 'DocumentReference.date';
  if (date === undefined) return [because('date-missing', at)];
  return Date.parse(date) > now + 86_400_000 ? [because('date-future', at)] : [];
}

const comprehensive = /pdsm-comprehensive-document-reference/;

/** What the comprehensive profile of PDSm asks beyond the simplified one, for whoever claims it (DOC-30). */
export function judgeComprehensive(document: DocumentReference): Issue[] {
  if (!(document.meta?.profile ?? []).some((profile) => comprehensive.test(profile))) return [];
  const [first] = document.content;
  const { context } = document;
  const wanted: readonly (readonly [unknown, string])[] = [
    [document.category?.[0], 'category'],
    [document.securityLabel?.[0], 'securityLabel'],
    [first?.format?.code, 'content[0].format'],
    [first?.attachment.size, 'content[0].attachment.size'],
    [first?.attachment.hash, 'content[0].attachment.hash'],
    [context?.period?.start, 'context.period.start'],
    [context?.facilityType, 'context.facilityType'],
    [context?.practiceSetting, 'context.practiceSetting'],
    [context?.sourcePatientInfo, 'context.sourcePatientInfo'],
  ];
  return wanted.flatMap(([given, place]) =>
    given === undefined ? [because('metadata-missing', `DocumentReference.${place}`)] : [],
  );
}

/** Places of care that are not in our lists, which are incomplete: taken, and said. */
export function judgeSettings({ context }: DocumentReference): Issue[] {
  const places = [
    [context?.facilityType, facilities, 'facilityType'],
    [context?.practiceSetting, practices, 'practiceSetting'],
  ] as const;
  return places.flatMap(([concept, known, name]) =>
    (concept?.coding ?? []).every(({ code }) => known.includes(code ?? ''))
      ? []
      : [
          {
            severity: 'warning' as const,
            type: 'code-invalid',
            code: `documents/${name === 'facilityType' ? 'facility' : 'practice'}-unlisted`,
            text: 'Ce code n’est pas dans notre liste, qui est incomplète',
            expression: `DocumentReference.context.${name}`,
          },
        ],
  );
}
