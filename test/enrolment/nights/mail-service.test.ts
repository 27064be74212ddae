import './environment.ts';
import { SESv2Client, SESv2ServiceException, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { DynamoDBDocumentClient, GetCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { onBurnCode } from '#functions/enrolment/on-burn-code.ts';
import type { Invited } from '#functions/enrolment/stored.ts';
import { sendMail, Undeliverable } from '#shared/mail/send.ts';

vi.mock('#shared/record/person.ts', () => ({
  findPerson: async () => ({ email: 'odette@exemple.invalid', givenNames: 'Odette', usedName: '' }),
}));

const ses = mockClient(SESv2Client);
const dynamo = mockClient(DynamoDBDocumentClient);
beforeEach(() => {
  ses.reset();
  dynamo.reset();
});

const letter = { subject: 's', greeting: 'g', sections: [] };
const refuse = (name: string, message: string) =>
  ses
    .on(SendEmailCommand)
    .rejects(new SESv2ServiceException({ name, message, $fault: 'client', $metadata: {} }));

describe('a mail that is refused', () => {
  test.each([
    [
      'MessageRejected',
      'Email address is not verified. The following identities failed the check in region EU-WEST-3: ne-pas-repondre@exemple.invalid',
    ],
    ['MessageRejected', 'Sending paused for this account. Contact us about this address.'],
    ['BadRequestException', 'Configuration set <mails> does not exist'],
    ['AccountSuspendedException', 'Sending from this address is suspended'],
    ['MailFromDomainNotVerifiedException', 'The MAIL FROM domain is not verified'],
    ['SendingPausedException', 'Sending is paused for this domain'],
    ['TooManyRequestsException', 'Maximum sending rate exceeded.'],
  ])(
    'for a reason of ours stops the sending, and nobody is left to a letter: %s %s',
    async (name, message) => {
      refuse(name, message);
      const sent = sendMail('odette@exemple.invalid', letter);
      await expect(sent).rejects.toThrow(message);
      await expect(sent).rejects.not.toThrow(Undeliverable);
    },
  );

  test.each([
    ['BadRequestException', "Missing final '@domain'"],
    ['BadRequestException', 'Local part contains control or whitespace'],
    ['MessageRejected', 'Address blacklisted.'],
  ])('for its address is undeliverable: %s %s', async (name, message) => {
    refuse(name, message);
    await expect(sendMail('odette@exemple', letter)).rejects.toThrow(Undeliverable);
  });
});

describe('the news of a blocked code', () => {
  const at = '2022-02-07T09:00:00.000Z';
  const status: Invited = {
    ...{ holder: 'h1', version: 3, headSeq: 3, headHash: 'A'.repeat(43), department: '12' },
    ...{ informBy: 'mail', cardTag: 'c', birthTag: 'b', status: 'invited', frozen: true },
    ...{ informedAt: at, deadlineAt: at },
  };
  const bytes = new Uint8Array(1);
  const current = {
    ...{ salt: bytes, hash: bytes, params: { memoryKiB: 1024, passes: 1, parallelism: 1 } },
    ...{ generation: 1, sentAt: at, validUntil: at, failures: 10, burntAt: at },
  };

  test('that nobody can be mailed is not noted as told, and stands in the journal', async () => {
    const get = (sk: string) => dynamo.on(GetCommand, { Key: { pk: 'H#h1', sk } }, false);
    get('STATUS').resolves({ Item: status });
    get('CODE').resolves({ Item: { holder: 'h1', revision: 2, current } });
    refuse('BadRequestException', 'Illegal address');
    await onBurnCode({ holder: 'h1' }, () => Date.parse(at));
    const writes = dynamo
      .commandCalls(TransactWriteCommand)
      .flatMap(({ args }) => args[0].input.TransactItems ?? [])
      .map(({ Put }) => Put?.Item);
    expect(writes).toContainEqual(
      expect.objectContaining({ outcome: 'refused', reason: 'enrolment/undeliverable' }),
    );
    expect(JSON.stringify(dynamo.calls().map(({ args }) => args[0].input))).not.toContain(
      'burnToldAt',
    );
  });
});
