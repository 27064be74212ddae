import { ownDeposit } from '#test/documents/deposits.ts';

/**
 * One plausible request for each declared route: what it takes to get past the parsing, so that who may
 * call is what decides. A route that is not placed here fails the matrix.
 */
export interface Placed {
  /** The path with its parameters filled in. */
  readonly path: string;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

const resource = (resourceType: string) => ({ resourceType });

const nobody = { nir: '269059900100106', cardSerial: '12345678901' };
const named = { nir: nobody.nir, birthDate: '1969-05-01' };
const id = '0'.repeat(26);
const batch = '20220207-12-abcdefghjk';

export const placed: Readonly<Record<string, Placed>> = {
  'GET /health': { path: '/health' },
  'GET /openapi.json': { path: '/openapi.json' },
  'POST /enrolment/oppositions': {
    path: '/enrolment/oppositions',
    body: { ...nobody, code: '0000-0000-0000' },
  },
  'GET /courrier': { path: '/courrier' },
  'GET /courrier/refuser': { path: '/courrier/refuser' },
  'GET /courrier/refuser-pour-un-enfant': { path: '/courrier/refuser-pour-un-enfant' },
  'GET /courrier/nouveau-code': { path: '/courrier/nouveau-code' },
  'GET /courrier/nouveau-code-pour-un-enfant': { path: '/courrier/nouveau-code-pour-un-enfant' },
  'POST /courrier/nouveau-code': {
    path: '/courrier/nouveau-code',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...nobody, birthDate: '12/05/1969', by: 'mail' }).toString(),
  },
  'POST /courrier/nouveau-code-pour-un-enfant': {
    path: '/courrier/nouveau-code-pour-un-enfant',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...nobody, birthDate: '05/03/2015', by: 'sms' }).toString(),
  },
  'POST /courrier/refuser': {
    path: '/courrier/refuser',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...nobody, key: id, code: '0000-0000-0000' }).toString(),
  },
  'POST /courrier/refuser-pour-un-enfant': {
    path: '/courrier/refuser-pour-un-enfant',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({ ...nobody, key: id, code: '0000-0000-0000' }).toString(),
  },
  'POST /enrolment/opposition-proofs': {
    path: '/enrolment/opposition-proofs',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      ...{ reference: id, channel: 'web', status: 'opposed', about: 'self', seal: 's'.repeat(43) },
      ...{ receivedAt: '2022-02-08T09:00:00.000Z', madeAt: '2022-02-08T09:00:00.000Z' },
    }).toString(),
  },
  'POST /enrolment/agent-oppositions': {
    path: '/enrolment/agent-oppositions',
    body: {
      ...{ nir: nobody.nir, birthDate: '1969-05-01', channel: 'desk', madeOn: '2022-01-31' },
      checks: ['identity-paper'],
    },
  },
  'POST /enrolment/agent-codes': {
    path: '/enrolment/agent-codes',
    body: {
      ...{ nir: nobody.nir, birthDate: '1969-05-01', channel: 'desk' },
      checks: ['identity-paper'],
    },
  },
  'POST /enrolment/guardians': {
    path: '/enrolment/guardians',
    body: { nir: nobody.nir, birthName: 'DURAND', firstName: 'Odette', birthDate: '1969-05-01' },
  },
  'GET /enrolment/guardians': { path: '/enrolment/guardians' },
  'POST /enrolment/guardians/withdrawal': {
    path: '/enrolment/guardians/withdrawal',
    body: { confirm: true },
  },
  'GET /enrolment/guardian-invitations': { path: '/enrolment/guardian-invitations' },
  'POST /enrolment/guardian-invitations/{invitation}/answer': {
    path: `/enrolment/guardian-invitations/${id}/answer`,
    body: { accepts: true, certifies: true },
  },
  'GET /enrolment/closure-wish': { path: '/enrolment/closure-wish' },
  'POST /enrolment/closure-wishes/{wish}/answer': {
    path: `/enrolment/closure-wishes/${id}/answer`,
    body: { agrees: true },
  },
  'POST /enrolment/guardianship-orders': {
    path: '/enrolment/guardianship-orders',
    body: {
      ...{ order: 'lift-block', nir: nobody.nir, birthDate: '2015-05-01', channel: 'desk' },
      checks: ['identity-paper', 'family-book'],
    },
  },
  'POST /enrolment/letter-orders': {
    path: '/enrolment/letter-orders',
    body: { wave: 'no-such-wave' },
  },
  'GET /enrolment/letter-batches': { path: '/enrolment/letter-batches' },
  'GET /enrolment/letter-batches/{batch}': { path: `/enrolment/letter-batches/${batch}` },
  'GET /enrolment/letter-batches/{batch}/manifest': {
    path: `/enrolment/letter-batches/${batch}/manifest`,
  },
  'GET /enrolment/letter-batches/{batch}/letters': {
    path: `/enrolment/letter-batches/${batch}/letters`,
  },
  'POST /enrolment/letter-batches/{batch}/posting': {
    path: `/enrolment/letter-batches/${batch}/posting`,
    body: { postedOn: '2022-02-07' },
  },
  'POST /enrolment/letter-batches/{batch}/returns': {
    path: `/enrolment/letter-batches/${batch}/returns`,
    body: {
      returns: [{ reference: 'a'.repeat(16), returnedOn: '2022-02-07', reason: 'moved' }],
    },
  },
  'POST /enrolment/codes': {
    path: '/enrolment/codes',
    body: { ...nobody, birthDate: '1969-05-01' },
  },
  'POST /enrolment/activations': {
    path: '/enrolment/activations',
    body: {
      ...{ ...nobody, code: '0000-0000-0000', conditions: '2022-01', email: 'a@exemple.invalid' },
      choices: {
        visibility: 'visible',
        emergency: { breakGlass: 'permit', regulation: 'permit' },
      },
    },
  },
  'POST /enrolment/identity-activations': {
    path: '/enrolment/identity-activations',
    body: {
      ...{ identity: 'a.b.c', nir: nobody.nir, conditions: '2022-01', email: 'a@exemple.invalid' },
      choices: {
        visibility: 'visible',
        emergency: { breakGlass: 'permit', regulation: 'permit' },
      },
    },
  },
  'POST /enrolment/child-activations': {
    path: '/enrolment/child-activations',
    body: {
      ...{ ...nobody, code: '0000-0000-0000', conditions: '2022-01' },
      child: { birthDate: '2015-05-01', certifies: true },
      choices: {
        visibility: 'visible',
        emergency: { breakGlass: 'permit', regulation: 'permit' },
      },
    },
  },
  'POST /enrolment/activations/{activation}/sendings': {
    path: `/enrolment/activations/${id}/sendings`,
  },
  'POST /enrolment/activations/{activation}/confirmation': {
    path: `/enrolment/activations/${id}/confirmation`,
    body: { otp: '000000' },
  },
  'POST /enrolment/assisted-sessions': {
    path: '/enrolment/assisted-sessions',
    body: {
      ...{ ...nobody, code: '0000-0000-0000' },
      checks: ['identity-paper', 'holder-present'],
    },
  },
  'POST /enrolment/assisted-sessions/end': { path: '/enrolment/assisted-sessions/end' },
  'GET /enrolment/counters': { path: '/enrolment/counters?department=59' },
  'POST /enrolment/conditions': {
    path: '/enrolment/conditions',
    body: { version: '2022-01' },
  },
  'POST /enrolment/closure': {
    path: '/enrolment/closure',
    body: { confirm: true, deletion: false },
  },
  'GET /enrolment/agent-closures': { path: '/enrolment/agent-closures' },
  'POST /enrolment/agent-closures': {
    path: '/enrolment/agent-closures',
    body: {
      ...{ ...named, channel: 'phone', madeOn: '2022-01-31', deletion: false },
      checks: ['name', 'birth-date', 'address'],
    },
  },
  'POST /enrolment/agent-closures/confirmation': {
    path: '/enrolment/agent-closures/confirmation',
    body: {
      ...{ ...named, wish: id, deletion: false, channel: 'phone', agrees: true },
      checks: ['known-number', 'name', 'birth-date'],
    },
  },
  'POST /enrolment/agent-closures/stop': {
    path: '/enrolment/agent-closures/stop',
    body: { confirm: true },
  },
  'POST /enrolment/deaths': {
    path: '/enrolment/deaths',
    body: { ...named, diedOn: '2022-01-15', proof: 'death-certificate' },
  },
  'POST /enrolment/death-corrections': {
    path: '/enrolment/death-corrections',
    body: { ...named, confirm: true },
  },
  'POST /enrolment/suspensions': {
    path: '/enrolment/suspensions',
    body: { ...named, motive: 'fraudulent-use' },
  },
  'GET /enrolment/suspensions': { path: '/enrolment/suspensions' },
  'POST /enrolment/suspension-decisions': {
    path: '/enrolment/suspension-decisions',
    body: { ...named, decision: 'resume' },
  },
  'POST /enrolment/suspension-objection': {
    path: '/enrolment/suspension-objection',
    body: { confirm: true },
  },
  'GET /enrolment/deletion-certificate': { path: '/enrolment/deletion-certificate' },
  'GET /enrolment/certificate-keys': { path: '/enrolment/certificate-keys' },
  'POST /enrolment/reopening': { path: '/enrolment/reopening' },
  ...Object.fromEntries(
    ['start', 'pause', 'stop'].map((order) => [
      `POST /enrolment/waves/{wave}/${order}`,
      { path: `/enrolment/waves/matrix/${order}` },
    ]),
  ),
  'PUT /enrolment/waves/{wave}/pace': {
    path: '/enrolment/waves/matrix/pace',
    body: { mailsPerSecond: 10 },
  },
  'GET /enrolment/wave-preview': { path: '/enrolment/wave-preview?department=12' },
  'PUT /enrolment/waves/{wave}': {
    path: '/enrolment/waves/matrix',
    body: { sendOn: '2000-01-01', departments: ['01'] },
  },
  'GET /enrolment/waves/{wave}': { path: '/enrolment/waves/matrix' },
  'GET /enrolment/waves': { path: '/enrolment/waves' },
  'GET /enrolment/imports/{import}': { path: `/enrolment/imports/${id}` },
  'GET /enrolment/imports': { path: '/enrolment/imports' },
  'GET /identity/me': { path: '/identity/me' },
  'GET /identity/profiles': { path: '/identity/profiles' },
  'GET /statistics/enrolment': { path: '/statistics/enrolment' },
  'GET /statistics/enrolment/groups': { path: '/statistics/enrolment/groups?by=cohort' },
  'GET /statistics/enrolment/days': { path: '/statistics/enrolment/days' },
  'GET /statistics/published': { path: '/statistics/published' },
  'GET /statistics/published.csv': { path: '/statistics/published.csv' },
  'GET /statistics/published/editions': { path: '/statistics/published/editions' },
  'GET /fhir/metadata': { path: '/fhir/metadata' },
  'POST /fhir/DocumentReference/$validate': {
    path: '/fhir/DocumentReference/$validate',
    body: resource('DocumentReference'),
  },
  'POST /fhir/Binary/$validate': {
    path: '/fhir/Binary/$validate',
    body: resource('Binary'),
  },
  'POST /fhir/DocumentReference': {
    path: '/fhir/DocumentReference',
    // What is not fit to be filed is refused before anybody is looked up: this is, if one's own.
    body: ownDeposit(),
  },
  'POST /fhir/DocumentReference/_search': {
    path: '/fhir/DocumentReference/_search',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'status=current',
  },
  'GET /fhir/DocumentReference': { path: '/fhir/DocumentReference' },
  'GET /fhir/DocumentReference/{document}': { path: `/fhir/DocumentReference/${id}` },
  'GET /fhir/Binary/{binary}': { path: `/fhir/Binary/${id}` },
  'GET /journal/history': { path: '/journal/history' },
  'GET /journal/history/paper': { path: '/journal/history/paper' },
  'GET /journal/history/export': { path: '/journal/history/export' },
  'GET /journal/verification': { path: '/journal/verification' },
  'GET /fhir/AuditEvent': { path: '/fhir/AuditEvent' },
  'GET /notices': { path: '/notices' },
  'POST /notices/{notice}/read': { path: '/notices/20220131T080000000Z-00-1/read' },
  'GET /notices/letter-batches': { path: '/notices/letter-batches' },
  'GET /notices/letter-batches/{batch}': { path: '/notices/letter-batches/20220207-001' },
  'GET /notices/letter-batches/{batch}/manifest': {
    path: '/notices/letter-batches/20220207-001/manifest',
  },
  'GET /notices/letter-batches/{batch}/letters': {
    path: '/notices/letter-batches/20220207-001/letters',
  },
  'POST /notices/letter-batches/{batch}/posting': {
    path: '/notices/letter-batches/20220207-001/posting',
    body: { postedOn: '2022-02-07' },
  },
  'POST /notices/letter-batches/{batch}/returns': {
    path: '/notices/letter-batches/20220207-001/returns',
    body: {
      returns: [{ reference: 'a'.repeat(16), returnedOn: '2022-02-07', reason: 'moved' }],
    },
  },
  'GET /notices/letters': { path: '/notices/letters?day=2022-02-01' },
};
