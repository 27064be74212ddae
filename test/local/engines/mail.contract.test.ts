import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from '@aws-sdk/client-sesv2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { MailEngine, MailEvent } from '#infra/local/engines/engine.ts';
import { createMail } from '#infra/local/engines/mail/engine.ts';
import { type Served, serveEngine } from '#infra/local/engines/serve.ts';
import { clientOf, errorOf, movableClock, place, temporaryFolder } from './support.ts';

interface Given {
  readonly client: SESv2Client;
  /** An identity that may send, and a recipient that takes. */
  readonly from: string;
  readonly to: string;
}

const mailTo = (given: { from: string; to: string }, more: Partial<SendEmailCommandInput> = {}) =>
  new SendEmailCommand({
    FromEmailAddress: given.from,
    Destination: { ToAddresses: [given.to] },
    Content: {
      Simple: {
        Subject: { Data: 'Votre espace' },
        Body: { Text: { Data: 'Bonjour' }, Html: { Data: '<p>Bonjour</p>' } },
      },
    },
    ...more,
  });

/** What the system asks of SES. */
function contract(given: () => Given) {
  test('an accepted mail has an id of its own', async () => {
    const ids = [
      await given().client.send(mailTo(given())),
      await given().client.send(mailTo(given())),
    ];
    expect(new Set(ids.map(({ MessageId }) => MessageId)).size).toBe(2);
  });

  test('an address that is none is refused', async () => {
    const wrong = mailTo({ ...given(), to: 'nobody' });
    expect(await errorOf(given().client.send(wrong))).toMatch(
      /BadRequestException|MessageRejected/,
    );
  });
}

const from = 'espace@exemple.invalid';
const start = async (folder?: string) => {
  const clock = movableClock('2022-02-07T08:05:00Z');
  const events: MailEvent[] = [];
  const onEvent = (event: MailEvent) => void events.push(event);
  const served = await serveEngine(() => createMail({ ...place, folder, now: clock.now, onEvent }));
  return {
    clock,
    events,
    served,
    engine: served.engine,
    client: new SESv2Client(clientOf(served.url)),
  };
};

describe('SES contract, at home', () => {
  let served: Served<MailEngine>;
  let client: SESv2Client;
  beforeAll(async () => {
    ({ served, client } = await start());
  });
  afterAll(() => served.close());
  contract(() => ({ client, from, to: 'jeanne@exemple.invalid' }));
});

test('mails are found by recipient, by number and by the next engine of the folder', async () => {
  const folder = temporaryFolder();
  const first = await start(folder);
  for (const to of [
    'Jeanne <Jeanne@exemple.invalid>',
    'paul@exemple.invalid',
    'jeanne@exemple.invalid',
  ]) {
    await first.client.send(mailTo({ from, to }));
  }
  await first.served.close();
  const { engine, served } = await start(folder);
  expect(engine.list({ to: 'JEANNE@exemple.invalid' }).map(({ id }) => id)).toEqual([1, 3]);
  expect(engine.list({ after: 1, limit: 1 })).toMatchObject([
    {
      id: 2,
      at: '2022-02-07T08:05:00.000Z',
      to: ['paul@exemple.invalid'],
      text: 'Bonjour',
      subject: 'Votre espace',
    },
  ]);
  await served.close();
});

test('a refused address is told at once and keeps nothing; a bounced one is accepted and told after', async () => {
  const { client, engine, events, served } = await start();
  expect(await errorOf(client.send(mailTo({ from, to: 'x@refus.invalid' })))).toBe(
    'MessageRejected',
  );
  expect(engine.list({})).toEqual([]);
  await client.send(mailTo({ from, to: 'x@bounce.invalid' }));
  await client.send(mailTo({ from, to: 'x@plainte.invalid' }));
  expect(events).toMatchObject([
    { detailType: 'Email Bounced', mail: { id: 1 } },
    { detailType: 'Email Complaint Received', mail: { id: 2 } },
  ]);
  await served.close();
});

test('what is not played says so: raw content, copies', async () => {
  const { client, served } = await start();
  const raw = mailTo({ from, to: 'a@b.invalid' }, { Content: { Raw: { Data: Buffer.from('x') } } });
  await expect(client.send(raw)).rejects.toThrow('Not played at home: SendEmail with Content.Raw');
  const Destination = { ToAddresses: ['a@b.invalid'], BccAddresses: ['c@d.invalid'] };
  const copied = mailTo({ from, to: '' }, { Destination });
  await expect(client.send(copied)).rejects.toThrow('BccAddresses');
  await served.close();
});

test('the inbox shows the newest first, in pages, and runs nothing that a mail contains', async () => {
  const { client, engine, served } = await start();
  const send = (to: string, Data: string) => {
    const Simple = { Subject: { Data }, Body: { Text: { Data: '<script>alert(1)</script>' } } };
    return client.send(mailTo({ from, to }, { Content: { Simple } }));
  };
  for (let n = 1; n <= 26; n++) await send(`p${n}@exemple.invalid`, `Message ${n}`);
  await send('paul@exemple.invalid', '<b>Gras</b>');
  const first = engine.inboxPage({});
  expect(first.indexOf('&lt;b&gt;Gras')).toBeLessThan(first.indexOf('Message 26'));
  expect(first).not.toContain('<script>');
  expect(first).toContain('27 messages');
  expect(first).toContain('Page 1 sur 2');
  expect(first).not.toContain('Message 2<');
  expect(engine.inboxPage({ page: 2 })).toContain('Message 2<');
  expect(engine.inboxPage({ to: '"><script>' })).not.toContain('<script>');
  expect(engine.inboxPage({ to: 'paul@exemple.invalid' })).toContain(
    '1 message pour paul@exemple.invalid',
  );
  expect(first).toContain('lundi 7 février 2022');
  expect(first).toContain('>09:05<');
  await served.close();
});

test('a mail opens as it looks, in a frame in which nothing runs, and as its text', async () => {
  const { client, engine, served } = await start();
  const Html = { Data: '<p>Bonjour "toi"</p><script>alert(1)</script>' };
  const Simple = { Subject: { Data: 'Salut' }, Body: { Text: { Data: 'Bonjour <toi>' }, Html } };
  await client.send(mailTo({ from, to: 'paul@exemple.invalid' }, { Content: { Simple } }));
  const looks = engine.inboxPage({ id: 1 });
  expect(looks).toContain('<iframe class="paper" sandbox title=');
  expect(looks).toContain('srcdoc="&lt;p&gt;Bonjour &quot;toi&quot;&lt;/p&gt;&lt;script&gt;');
  expect(looks).not.toContain('<script>');
  const text = engine.inboxPage({ id: 1, asText: true, to: 'paul@exemple.invalid' });
  expect(text).toContain('<pre class="paper">Bonjour &lt;toi&gt;</pre>');
  expect(text).toContain('href="?to=paul%40exemple.invalid"');
  expect(text).not.toContain('<iframe');
  // A mail that is not there leads back to the others.
  expect(engine.inboxPage({ id: 7 })).toContain('1 message,');
  await served.close();
});

test('an empty inbox says so, of all and of one recipient', async () => {
  const { engine, served } = await start();
  expect(engine.inboxPage({})).toContain('Aucun message.');
  expect(engine.inboxPage({ to: 'a&b@exemple.invalid' })).toContain(
    'Aucun message pour a&amp;b@exemple.invalid.',
  );
  await served.close();
});
