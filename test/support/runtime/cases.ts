import { marshall } from '@aws-sdk/util-dynamodb';
import { restEvent } from './rest-event.ts';

/** Events of one function: what it does well, what it refuses, and what it cannot take. */
export interface Cases {
  readonly success: unknown;
  readonly refusal: unknown;
  readonly fault: unknown;
  /** What a success, a refusal and a fault look like, so that two equal failures do not pass for three answers. */
  readonly looks: readonly [success: object, refusal: object, fault: object];
}

const agent = { kind: 'agent', subject: 'agent-0001', role: 'campaign' };
const desk = { kind: 'agent', subject: 'agent-0002', role: 'desk' };
const holder = { kind: 'holder', subject: 'citizen-0001' };
const broken = { neither: 'a request nor a batch' };

const answers = (statusCode: number) => ({ ok: true, result: { statusCode } });
const fails = (errorType: string) => ({ ok: false, error: { errorType } });
const crash = fails('ZodError');

const batch = (...bodies: readonly unknown[]) => ({
  Records: bodies.map((body, at) => ({
    messageId: `message-${at}`,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })),
});
const settled = (...itemIdentifiers: readonly string[]) => ({
  ok: true,
  result: { batchItemFailures: itemIdentifiers.map((itemIdentifier) => ({ itemIdentifier })) },
});

/** A queue's reader: a message that is done, one that can never be read, and what is no batch. */
const reader = (message: unknown): Cases => ({
  success: batch(message),
  refusal: batch(message, 'not even JSON'),
  fault: broken,
  looks: [settled(), settled('message-1'), crash],
});

const line = {
  v: 1,
  id: 'act-of-the-artefact-test',
  holder: 'holder-of-the-artefact-test',
  lane: 0,
  seq: 1,
  prev: 'A'.repeat(43),
  at: '2022-02-07T08:00:00.000Z',
  actor: { kind: 'system', id: 'sending' },
  channel: 'clock',
  action: 'enrolment/send-invitation',
  object: { kind: 'record', from: 'known', to: 'invited', department: '12', wave: 'demo' },
  outcome: 'done',
  policy: 'test',
  visible: 'holder',
};
const streamed = (item: Readonly<Record<string, unknown>>) => ({
  eventName: 'INSERT',
  dynamodb: { SequenceNumber: '100', NewImage: marshall(item) },
});
const keys = { pk: 'holder-of-the-artefact-test#00', sk: '000000000001' };

/** A line that must stand in the journal: a deposit for somebody whose record is gone, so nobody is told. */
export const kept = { ...keys, ...line, action: 'documents/deposit-document' };

/** Known to nobody, with a right key. */
const stranger = { nir: '185057800608491', cardSerial: '12345678', birthDate: '1985-05-12' };
const brought = {
  ...{ nir: stranger.nir, birthDate: stranger.birthDate, channel: 'desk', madeOn: '2022-01-31' },
  checks: ['identity-paper'],
};
const activating = {
  ...{ nir: stranger.nir, cardSerial: stranger.cardSerial, code: '0000-0000-0000' },
  ...{ conditions: '2022-01', email: 'a@exemple.invalid' },
  choices: { visibility: 'visible', emergency: { breakGlass: 'permit', regulation: 'permit' } },
};
const fact = (detail: object) => ({ 'detail-type': 'enrolment/burn-code', detail });

/** The sheets of a batch. Well answered, though with a no: the batch was looked up, and there is none. */
const sheetsOf = (path: string, batch: string): Cases => {
  const parameters = { batch };
  return {
    success: restEvent('GET', path, { caller: { ...agent, role: 'print-shop' }, parameters }),
    refusal: restEvent('GET', path, { caller: agent, parameters }),
    fault: broken,
    looks: [answers(404), answers(403), crash],
  };
};

/** The cases of every function, by its id. The authorizer's need tokens of the running world. */
export function casesOf({
  token,
  forged,
}: {
  token: string;
  forged: string;
}): Readonly<Record<string, Cases>> {
  const methodArn = 'arn:aws:execute-api:eu-west-3:000000000000:api/v1/GET/identity/me';
  const asking = (bearer: string) => ({
    methodArn,
    headers: { Authorization: `Bearer ${bearer}` },
  });
  return {
    'contract-api': {
      success: restEvent('GET', '/openapi.json'),
      refusal: restEvent('GET', '/nowhere'),
      fault: broken,
      looks: [answers(200), answers(404), crash],
    },
    'documents-api': {
      success: restEvent('GET', '/fhir/metadata'),
      refusal: restEvent('POST', '/fhir/DocumentReference', { caller: agent }),
      fault: broken,
      looks: [answers(200), answers(403), crash],
    },
    'documents-stream': {
      // Well answered, though with a no: whose record it is was looked up, and it is nobody's.
      success: restEvent('GET', '/fhir/Binary/{binary}', {
        caller: { kind: 'holder', subject: 'somebody-without-a-record' },
        parameters: { binary: 'a'.repeat(26) },
      }),
      refusal: restEvent('GET', '/fhir/Binary/{binary}', { parameters: { binary: 'x' } }),
      fault: broken,
      looks: [answers(403), answers(401), crash],
    },
    // A deletion of nobody: there is nothing to erase.
    'documents-facts': reader({
      'detail-type': 'enrolment/begin-deletion',
      detail: { holder: 'nobody', seq: 1 },
    }),
    // A trace of nobody: no line goes.
    'journal-facts': reader({
      'detail-type': 'enrolment/end-trace',
      detail: { holder: 'nobody' },
    }),
    // A merge of nobody: there is nothing to move.
    'documents-moves': reader({
      'detail-type': 'enrolment/merge-record',
      detail: { holder: 'nobody', seq: 1 },
    }),
    // A manifest that is gone: there is nothing to take in.
    'documents-transfer': reader({
      manifest: `manifests/${'a'.repeat(26)}.json`,
      version: 'no-such-version',
      etag: '0'.repeat(32),
    }),
    'enrolment-public': {
      success: restEvent('POST', '/enrolment/codes', { body: stranger }),
      refusal: restEvent('POST', '/enrolment/codes', { body: { ...stranger, nir: '1' } }),
      fault: broken,
      looks: [answers(202), answers(400), crash],
    },
    'enrolment-api': {
      // Well answered, though with a no: nobody has this number.
      success: restEvent('POST', '/enrolment/agent-oppositions', { caller: desk, body: brought }),
      refusal: restEvent('POST', '/enrolment/agent-oppositions', { caller: holder, body: brought }),
      fault: broken,
      looks: [answers(404), answers(403), crash],
    },
    'enrolment-counter': {
      // Well answered, though with a no: such an adviser has no role for it.
      success: restEvent('POST', '/enrolment/assisted-sessions/end', { caller: desk }),
      refusal: restEvent('POST', '/enrolment/assisted-sessions/end', { caller: holder }),
      fault: broken,
      looks: [answers(200), answers(403), crash],
    },
    'enrolment-campaign': {
      success: restEvent('GET', '/enrolment/waves', { caller: agent }),
      refusal: restEvent('GET', '/enrolment/waves', { caller: holder }),
      fault: broken,
      looks: [answers(200), answers(403), crash],
    },
    'enrolment-intake': reader({ import: 'a'.repeat(26) }),
    'enrolment-clock': {
      success: { job: 'start-opening', scheduledAt: '2022-03-22T00:15:00Z' },
      refusal: { job: 'no-such-job', scheduledAt: '2022-03-22T00:15:00Z' },
      fault: broken,
      looks: [{ ok: true, result: { messages: 0 } }, crash, crash],
    },
    'enrolment-sending': reader({ wave: 'no-such-wave', department: '12', quarter: 0 }),
    'enrolment-opening': reader({ deadlineAt: '2022-03-21T22:59:59.999Z', part: 0 }),
    'enrolment-deletion': reader({ shard: 0 }),
    'enrolment-activation': {
      // Well answered, though with a no: the facts are nobody's.
      success: restEvent('POST', '/enrolment/activations', { caller: holder, body: activating }),
      refusal: restEvent('POST', '/enrolment/activations', {
        caller: holder,
        body: { ...activating, nir: '1' },
      }),
      fault: broken,
      looks: [answers(403), answers(400), crash],
    },
    'enrolment-own': {
      // Well answered, though with a no: no record is linked to this account.
      success: restEvent('GET', '/enrolment/guardian-invitations', { caller: holder }),
      refusal: restEvent('GET', '/enrolment/guardian-invitations', { caller: agent }),
      fault: broken,
      looks: [answers(409), answers(403), crash],
    },
    'notices-api': {
      // Nobody is linked in this test: to be told so, it read the link.
      success: restEvent('GET', '/notices', { caller: holder }),
      refusal: restEvent('GET', '/notices', { caller: holder, query: { limit: '0' } }),
      fault: broken,
      looks: [answers(403), answers(400), crash],
    },
    'notices-facts': reader({
      'detail-type': kept.action,
      detail: { holder: kept.holder, lane: kept.lane, seq: kept.seq },
    }),
    'notices-letters': {
      success: { job: 'print-letters', scheduledAt: '2022-03-22T04:20:00Z' },
      refusal: { job: 'no-such-job', scheduledAt: '2022-03-22T04:20:00Z' },
      fault: broken,
      looks: [{ ok: true }, crash, crash],
    },
    'notices-stream': sheetsOf('/notices/letter-batches/{batch}/letters', '20220207-001'),
    'enrolment-letters': reader({ department: '975' }),
    'enrolment-papers': {
      // Well answered, though with a no: whose certificate it is was looked up, and it is nobody's.
      success: restEvent('GET', '/enrolment/deletion-certificate', { caller: holder }),
      refusal: restEvent('GET', '/enrolment/deletion-certificate', { caller: desk }),
      fault: broken,
      looks: [answers(404), answers(403), crash],
    },
    'enrolment-stream': sheetsOf(
      '/enrolment/letter-batches/{batch}/letters',
      '20220207-12-abcdefghjk',
    ),
    'enrolment-facts': reader(fact({ holder: 'nobody', seq: 1 })),
    'identity-authorizer': {
      success: asking(token),
      refusal: asking(forged),
      fault: broken,
      looks: [
        { ok: true, result: { context: { kind: 'holder' } } },
        { ok: false, error: { errorMessage: 'Unauthorized' } },
        crash,
      ],
    },
    'identity-api': {
      success: restEvent('GET', '/identity/me', { caller: holder }),
      refusal: restEvent('GET', '/identity/me'),
      fault: broken,
      looks: [answers(200), answers(401), crash],
    },
    'journal-papers': {
      // Nobody is linked in this test: to be told so, it read the link.
      success: restEvent('GET', '/journal/history/paper', { caller: holder }),
      refusal: restEvent('GET', '/journal/history/paper', {
        caller: holder,
        query: { from: 'never' },
      }),
      fault: broken,
      looks: [answers(403), answers(400), crash],
    },
    'journal-api': {
      success: restEvent('GET', '/journal/history', { caller: holder }),
      refusal: restEvent('GET', '/journal/history', { caller: holder, query: { limit: '0' } }),
      fault: broken,
      // Nobody is linked in this test: to be told so, it read the link.
      looks: [answers(403), answers(400), crash],
    },
    'journal-relay': {
      success: { Records: [streamed({ ...keys, ...line })] },
      refusal: { Records: [streamed({ ...keys, ...line, seq: 0 })] },
      fault: broken,
      // A line that nobody can read is set aside, so that it does not stop the rest.
      looks: [settled(), settled(), crash],
    },
    'portal-api': {
      success: restEvent('GET', '/courrier'),
      // A form is no JSON.
      refusal: restEvent('POST', '/courrier/refuser', { body: {} }),
      fault: broken,
      looks: [answers(200), answers(415), crash],
    },
    'statistics-api': {
      success: restEvent('GET', '/statistics/enrolment', { caller: agent }),
      refusal: restEvent('GET', '/statistics/enrolment', { caller: agent, query: { wave: '?' } }),
      fault: broken,
      looks: [answers(200), answers(400), crash],
    },
    'statistics-clock': {
      success: { job: 'reconcile', scheduledAt: '2022-03-22T03:40:00Z' },
      refusal: { job: 'no-such-job', scheduledAt: '2022-03-22T03:40:00Z' },
      fault: broken,
      looks: [{ ok: true }, crash, crash],
    },
    'statistics-stream': {
      success: { Records: [], shardId: 'shard-of-the-artefact-test', state: {} },
      refusal: {
        Records: [streamed({ ...keys, ...line, seq: 0 })],
        shardId: 'shard-of-the-artefact-test',
      },
      fault: broken,
      looks: [{ ok: true, result: { state: {} } }, { ok: true, result: { state: {} } }, crash],
    },
  };
}
