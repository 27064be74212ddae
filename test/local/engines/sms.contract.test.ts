import {
  PinpointSMSVoiceV2Client,
  SendTextMessageCommand,
  type SendTextMessageCommandInput,
} from '@aws-sdk/client-pinpoint-sms-voice-v2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TextEngine, TextEvent } from '#infra/local/engines/engine.ts';
import { eventOfText } from '#infra/local/engines/events/text-event.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { createSms } from '#infra/local/engines/sms/engine.ts';
import { clientOf, errorOf, movableClock, place, temporaryFolder } from './support.ts';

const textTo = (to: string, more: Partial<SendTextMessageCommandInput> = {}) =>
  new SendTextMessageCommand({
    DestinationPhoneNumber: to,
    OriginationIdentity: 'pool-home',
    ConfigurationSetName: 'mes-home',
    MessageBody: 'Bonjour',
    MessageType: 'TRANSACTIONAL',
    ...more,
  });

/** What the system asks of SMS. */
function contract(given: () => { client: PinpointSMSVoiceV2Client; to: string }) {
  test('an accepted text message has an id of its own', async () => {
    const { client, to } = given();
    const ids = [await client.send(textTo(to)), await client.send(textTo(to))];
    expect(new Set(ids.map(({ MessageId }) => MessageId)).size).toBe(2);
  });

  test('a number that is none is refused, and the refusal names the number', async () => {
    await expect(given().client.send(textTo('0612345678'))).rejects.toMatchObject({
      name: 'ValidationException',
      Reason: 'INVALID_PARAMETER',
      Fields: [{ Name: 'DestinationPhoneNumber' }],
    });
  });
}

const start = async (folder?: string) => {
  const clock = movableClock('2022-02-07T08:05:00Z');
  const events: TextEvent[] = [];
  const onEvent = (event: TextEvent) => void events.push(event);
  const served = await serveEngine(() => createSms({ ...place, folder, now: clock.now, onEvent }));
  const client = new PinpointSMSVoiceV2Client(clientOf(served.url));
  return { events, served, engine: served.engine, client };
};

describe('SMS contract, at home', () => {
  let served: Served<TextEngine>;
  let client: PinpointSMSVoiceV2Client;
  beforeAll(async () => {
    ({ served, client } = await start());
  });
  afterAll(() => served.close());
  contract(() => ({ client, to: '+33639980001' }));
});

test('messages are found by number, by place and by the next engine of the folder', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  for (const to of ['+33639980001', '+33639980002', '+33639980001'])
    await first.client.send(textTo(to));
  await first.served.close();
  const { engine, served } = await start(folder);
  expect(engine.list({ to: '+33639980001' }).map(({ id }) => id)).toEqual([1, 3]);
  expect(engine.list({ after: 1, limit: 1 })).toMatchObject([
    { id: 2, at: '2022-02-07T08:05:00.000Z', to: '+33639980002', text: 'Bonjour' },
  ]);
  await served.close();
});

test('who opted out is refused at once; whom nothing reaches is told after, without the number', async () => {
  const { client, engine, events, served } = await start();
  await expect(client.send(textTo('+33639989901'))).rejects.toMatchObject({
    name: 'ConflictException',
    Reason: 'DESTINATION_PHONE_NUMBER_OPTED_OUT',
  });
  expect(engine.list({})).toEqual([]);
  await client.send(textTo('+33639989902', { Context: { notice: 'x_1' } }));
  expect(events).toMatchObject([{ eventType: 'TEXT_UNREACHABLE', text: { id: 1 } }]);
  const told = JSON.stringify(events.map(eventOfText));
  expect(told).toContain('"context":{"notice":"x_1"}');
  expect(told).not.toContain('33639989902');
  await served.close();
});

test('what is not played says so', async () => {
  const { client, served } = await start();
  expect(await errorOf(client.send(textTo('+33639980001', { DryRun: true })))).toBe(
    'NotImplemented',
  );
  await served.close();
});

test('the inbox shows the newest first and runs nothing that a message contains', async () => {
  const { client, engine, served } = await start();
  await client.send(textTo('+33639980001', { MessageBody: 'premier' }));
  await client.send(textTo('+33639980002', { MessageBody: '<script>alert(1)</script>' }));
  const page = engine.inboxPage({});
  expect(page.indexOf('&lt;script&gt;')).toBeLessThan(page.indexOf('premier'));
  expect(page).not.toContain('<script>');
  expect(engine.inboxPage({ to: '+33639980001' })).not.toContain('alert');
  expect(engine.inboxPage({ to: '"><b>' })).toContain('Aucun SMS.');
  await served.close();
});
