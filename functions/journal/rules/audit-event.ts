import type { AuditEvent, AuditEventAgent, AuditEventEntity, Coding } from '@medplum/fhirtypes';
import type { JournalLine } from '#shared/journal/schema.ts';
import { actOf } from './acts.ts';
import { actorName } from './history.ts';

const ours = 'urn:mon-espace-sante';
/** National ids of professionals (PSIdNat). */
const professionals = 'urn:oid:1.2.250.1.71.4.2.1';
const reasons = 'http://terminology.hl7.org/CodeSystem/v3-ActReason';
const display = 'Mon espace santé (service non officiel)';

/** Why an access was made, in HL7's words: an emergency mode tells more than the purpose. */
const purposes: Readonly<Record<string, Coding>> = {
  'break-glass': { system: reasons, code: 'BTG', display: 'break the glass' },
  regulation: { system: reasons, code: 'ETREAT', display: 'Emergency Treatment' },
  'own-record': { system: reasons, code: 'PATRQT', display: 'patient requested' },
  'assisted-record': { system: reasons, code: 'PATRQT', display: 'patient requested' },
  feeding: { system: reasons, code: 'TREAT', display: 'treatment' },
};

type Kind = JournalLine['actor']['kind'];
type Who = 'Patient' | 'RelatedPerson' | 'Practitioner' | 'Organization' | 'Device';

const resources: Readonly<Record<Kind, Who>> = {
  holder: 'Patient',
  guardian: 'RelatedPerson',
  carer: 'RelatedPerson',
  professional: 'Practitioner',
  establishment: 'Organization',
  agent: 'Practitioner',
  app: 'Device',
  system: 'Device',
  anonymous: 'RelatedPerson',
};

const isId = (id: string): boolean => /^[A-Za-z0-9.-]{1,64}$/.test(id);

/** A line as a FHIR R4 AuditEvent; nothing medical is in a line, so nothing is in it. */
export function auditEventOf(line: JournalLine): AuditEvent {
  const { id, at, action, outcome, mode, purpose } = line;
  const { told, fhir } = actOf(action);
  const why = purposes[mode ?? ''] ?? purposes[purpose ?? ''];
  return {
    resourceType: 'AuditEvent',
    ...(isId(id) ? { id } : {}),
    type: {
      system: 'http://dicom.nema.org/resources/ontology/DCM',
      code: '110110',
      display: 'Patient Record',
    },
    subtype: [{ system: `${ours}:journal-action`, code: action, display: told }],
    action: fhir,
    recorded: at,
    outcome: outcome === 'done' ? '0' : '4',
    ...(why ? { purposeOfEvent: [{ coding: [why] }] } : {}),
    agent: agentsOf(line),
    source: { observer: { display } },
    entity: entitiesOf(line),
  };
}

function agentsOf(line: JournalLine): AuditEventAgent[] {
  const { actor, onBehalfOf } = line;
  const system = actor.kind === 'professional' ? professionals : `${ours}:${actor.kind}`;
  const role = actor.role === undefined ? {} : { role: [{ text: actor.role }] };
  const acting: AuditEventAgent = {
    who: {
      type: resources[actor.kind],
      identifier: { system, value: actor.id },
      display: actorName(line),
    },
    ...role,
    requestor: true,
  };
  if (onBehalfOf === undefined) return [acting];
  const identifier = { system: professionals, value: onBehalfOf };
  const named = actor.name === undefined ? {} : { display: actor.name };
  return [acting, { who: { type: 'Practitioner', identifier, ...named }, requestor: false }];
}

const roles = 'http://terminology.hl7.org/CodeSystem/object-role';

function entitiesOf({ holder, object }: JournalLine): AuditEventEntity[] {
  const patient: AuditEventEntity = {
    what: { type: 'Patient', identifier: { system: `${ours}:holder`, value: holder } },
    role: { system: roles, code: '1', display: 'Patient' },
  };
  const { kind, id } = object;
  if (kind !== 'document' || id === undefined || !isId(id)) return [patient];
  const document: AuditEventEntity = {
    what: { reference: `DocumentReference/${id}` },
    role: { system: roles, code: '3', display: 'Report' },
  };
  return [patient, document];
}
