import './environment.ts';
import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test, vi } from 'vitest';
import { sendShards } from '#functions/enrolment/job-send.ts';
import { gapOf, shares } from '#shared/mail/pace.ts';

const slow = Promise.withResolvers<'invited'>();
const invited: string[] = [];

vi.mock('#functions/enrolment/send-invitation.ts', () => ({
  sendInvitation: async ({ holder }: { holder: string }) => {
    if (holder === 'bad') throw new Error('the mail service is gone');
    const answer = await slow.promise;
    invited.push(holder);
    return answer;
  },
  deferToLetter: async () => 'skipped',
}));

test('a failure in one shard is told only when every shard has stopped, and the part was given back', async () => {
  const dynamo = mockClient(DynamoDBDocumentClient);
  const due: Record<string, string[]> = {
    'INVITE#12#000': ['bad'],
    'INVITE#12#001': ['good', 'better', 'late'],
  };
  dynamo.on(QueryCommand).callsFake(({ ExpressionAttributeValues: values }) => ({
    Items: (due[values[':pk']] ?? []).map((dueSk) => ({ dueSk })),
  }));
  const order: string[] = [];
  dynamo.on(PutCommand).callsFake(({ Item }) => {
    order.push(Item.leasedUntil === 0 ? 'released' : 'taken');
    return {};
  });
  const sent = sendShards(
    { wave: 'w', department: '12', quarter: 0 },
    { clock: () => 0, hasTime: () => true, orders: async () => ({ parts: 4 }) },
  ).finally(() => order.push('told'));
  const told = expect(sent).rejects.toThrow('the mail service is gone');
  await vi.waitFor(() => expect(dynamo.commandCalls(QueryCommand).length).toBeGreaterThan(1), {
    timeout: 30_000,
  });
  slow.promise.then(() => order.push('slow'));
  slow.resolve('invited');
  await told;
  expect(order).toEqual(['taken', 'slow', 'released', 'told']);
  // Those in hand were finished; nobody new was begun after the failure.
  expect(new Set(invited)).toEqual(new Set(['good', 'better']));
});

test('all workers of a wave together send three tenths of the mails a second, and leave the rest to others', () => {
  const perSecond = (20 * 1000) / gapOf({ share: shares.waves, mailsPerSecond: 14, workers: 20 });
  expect(perSecond).toBeCloseTo(4.2, 5);
  const all = Object.values(shares).reduce((sum, share) => sum + share, 0);
  expect(all).toBeLessThanOrEqual(0.9);
});
