import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { EventsEngine } from '#infra/local/engines/engine.ts';
import { createEvents } from '#infra/local/engines/events/engine.ts';
import { eventOfMail } from '#infra/local/engines/events/mail-event.ts';
import { matches, parsePattern } from '#infra/local/engines/events/pattern.ts';
import { eventOfS3 } from '#infra/local/engines/events/s3-event.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, movableClock, place } from './support.ts';

interface Given {
  readonly client: EventBridgeClient;
  /** Of this bus events `mes.journal` with `enrolment/burn-code` go to a queue, nothing else does. */
  readonly bus: string;
  /** Bodies that reached the queue since the last call. */
  readonly received: () => Promise<string[]> | string[];
}

/** What the system asks of EventBridge. */
function contract(given: () => Given) {
  const put = (...entries: readonly { type?: string; source?: string; detail?: string }[]) =>
    given().client.send(
      new PutEventsCommand({
        Entries: entries.map(({ type, source, detail }) => ({
          EventBusName: given().bus,
          Source: source ?? 'mes.journal',
          DetailType: type ?? 'enrolment/burn-code',
          Detail: detail ?? '{"holder":"h1","seq":3}',
        })),
      }),
    );

  test('a matching event reaches the queue in its envelope', async () => {
    const { Entries } = await put({});
    const [body = '{}'] = await given().received();
    expect(JSON.parse(body)).toEqual({
      version: '0',
      id: Entries?.[0]?.EventId,
      'detail-type': 'enrolment/burn-code',
      source: 'mes.journal',
      account: expect.stringMatching(/^\d{12}$/),
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      region: 'eu-west-3',
      resources: [],
      detail: { holder: 'h1', seq: 3 },
    });
  });

  test('what no rule wants goes nowhere and is no error', async () => {
    expect(await put({ type: 'enrolment/oppose' }, { source: 'mes.other' })).toMatchObject({
      FailedEntryCount: 0,
    });
    expect(await given().received()).toEqual([]);
  });

  test('a bad entry is told in its place, the others are delivered', async () => {
    const told = await put({ detail: 'not json' }, {});
    expect(told.FailedEntryCount).toBe(1);
    expect(told.Entries).toMatchObject([
      { ErrorCode: 'MalformedDetail' },
      { EventId: expect.any(String) },
    ]);
    expect(await given().received()).toHaveLength(1);
  });

  test('eleven entries are refused', async () => {
    expect(await errorOf(put(...Array.from({ length: 11 }, () => ({}))))).toBe(
      'ValidationException',
    );
  });
}

describe('EventBridge contract, at home', () => {
  let served: Served<EventsEngine>;
  let given: Given;
  const bodies: string[] = [];
  beforeAll(async () => {
    const { now } = movableClock();
    const deliver = (_arn: string, body: string) => void bodies.push(body);
    served = await serveEngine(() => createEvents({ ...place, folder: undefined, now, deliver }));
    served.engine.createBus('house');
    served.engine.putRule({
      name: 'burnt',
      bus: 'house',
      pattern: { source: ['mes.journal'], 'detail-type': ['enrolment/burn-code'] },
      targets: [{ queueArn: 'queue' }],
    });
    given = {
      client: new EventBridgeClient(clientOf(served.url)),
      bus: 'house',
      received: () => bodies.splice(0),
    };
  });
  beforeEach(() => void bodies.splice(0));
  afterAll(() => served.close());
  contract(() => given);
});

const s3Event = eventOfS3({
  detailType: 'Object Created',
  reason: 'PutObject',
  bucket: 'intake',
  key: 'incoming/a.csv',
  versionId: 'v1',
  sizeBytes: 5,
  etag: 'e',
  sequencer: '01',
  requester: 'OPERATOR',
});

const created = { source: 'aws.s3', 'detail-type': 'Object Created', detail: s3Event.detail };
test.each([
  ['an exact value', { source: ['aws.s3', 'aws.ses'] }, true],
  ['another value', { source: ['aws.ses'] }, false],
  ['a beginning', { detail: { object: { key: [{ prefix: 'incoming/' }] } } }, true],
  ['another beginning', { detail: { object: { key: [{ prefix: 'results/' }] } } }, false],
  ['a beginning or a value', { detail: { object: { key: ['x', { prefix: 'inc' }] } } }, true],
  ['a field that is there', { detail: { object: { etag: [{ exists: true }] } } }, true],
  ['a field that must not be there', { detail: { object: { etag: [{ exists: false }] } } }, false],
  ['a field that is not there', { detail: { 'deletion-type': [{ exists: false }] } }, true],
  ['all fields, one wrong', { source: ['aws.s3'], detail: { bucket: { name: ['other'] } } }, false],
])('a pattern with %s', (_what, pattern, expected) => {
  expect(matches(parsePattern(pattern), created)).toBe(expected);
});

test.each([
  [{ detail: { key: [{ suffix: '.csv' }] } }],
  [{ detail: { key: [{ 'anything-but': ['x'] }] } }],
  [{ $or: [{ source: ['a'] }] }],
  [{ source: [] }],
])('the pattern %j is refused when the rule is made, not ignored', (pattern) => {
  expect(() => parsePattern(pattern)).toThrow('Not played at home');
});

test('a queue that fails leaves the entry with its sender, who sends again', async () => {
  const deliver = () => Promise.reject(new Error('disk full'));
  const served = await serveEngine(() =>
    createEvents({ ...place, folder: undefined, now: Date.now, deliver }),
  );
  served.engine.putRule({
    name: 'all',
    bus: 'default',
    pattern: { source: ['a'] },
    targets: [{ queueArn: 'q' }],
  });
  const client = new EventBridgeClient(clientOf(served.url));
  const entry = { Source: 'a', DetailType: 'b', Detail: '{}' };
  expect(await client.send(new PutEventsCommand({ Entries: [entry] }))).toMatchObject({
    FailedEntryCount: 1,
  });
  await served.close();
});

test('a target may get a part of the event only; a path that home does not follow is no rule', async () => {
  const bodies: string[] = [];
  const deliver = (_arn: string, body: string) => void bodies.push(body);
  const served = await serveEngine(() =>
    createEvents({ ...place, folder: undefined, now: Date.now, deliver }),
  );
  const rule = (inputPath: string) => ({
    ...{ name: 'part', bus: 'default', pattern: { source: ['a'] } },
    targets: [{ queueArn: 'q', inputPath }],
  });
  served.engine.putRule(rule('$.detail.mail.tags'));
  const detail = { mail: { tags: { notice: ['n'] }, destination: ['x@y.invalid'] } };
  await served.engine.emit('default', { source: 'a', detailType: 'b', detail });
  expect(bodies).toEqual(['{"notice":["n"]}']);
  expect(() => served.engine.putRule(rule('$.detail[0]'))).toThrow('Not played at home');
  await served.close();
});

test('a bounce names the mail, its recipients and its tags', () => {
  const mail = {
    id: 1,
    messageId: 'm1',
    at: '2022-02-07T09:00:00.000Z',
    from: 'a@b.invalid',
    subject: '',
    text: '',
    html: '',
    tags: { notice: 'n1' },
  };
  const event = eventOfMail({
    detailType: 'Email Bounced',
    mail: { ...mail, to: ['X <x@bounce.invalid>'] },
  });
  expect(event).toMatchObject({
    source: 'aws.ses',
    detail: {
      mail: { messageId: 'm1', tags: { notice: ['n1'] } },
      bounce: { bouncedRecipients: [{ emailAddress: 'x@bounce.invalid' }] },
    },
  });
  const complaint = eventOfMail({
    detailType: 'Email Complaint Received',
    mail: { ...mail, to: ['x@plainte.invalid'] },
  });
  expect(complaint).toMatchObject({
    detailType: 'Email Complaint Received',
    detail: {
      eventType: 'Complaint',
      mail: { tags: { notice: ['n1'] } },
      complaint: { complainedRecipients: [{ emailAddress: 'x@plainte.invalid' }] },
    },
  });
});
