import './in-process.ts';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { describe, expect, test } from 'vitest';
import type { Hint } from '#functions/enrolment/due-hint.ts';
import { openWrite } from '#functions/enrolment/open-write.ts';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { transact } from '#shared/aws/transact.ts';
import { plant } from './plant.ts';

const sentAt = Date.parse('2023-04-03T09:00:00Z');
const later = Date.parse('2023-06-01T00:00:00Z');
const hash = 'x'.repeat(43);

async function invited() {
  const [one] = await plant(1, { department: '06', sentAt });
  const status = one && (await loadStatus(one.holder));
  if (status?.status !== 'invited') throw new Error('nobody invited');
  return status;
}

/** The opening's write without its journal line, whose number is a second lock. */
async function openAlone(hint: Hint, now = later): Promise<string> {
  const after = { version: hint.version + 1, headSeq: hint.headSeq + 1, headHash: hash };
  const { Update } = openWrite(hint, after, now);
  return dynamo.send(new UpdateCommand(Update)).then(
    () => 'opened',
    (error: Error) => error.name,
  );
}

type Invited = Awaited<ReturnType<typeof invited>>;
const receivedAt = new Date(sentAt).toISOString();
const decidedBy = { reference: 'r', receivedAt, channel: 'web' } as const;
const rest = ({ frozen: _frozen, ...one }: Invited) => one;

const changes: Readonly<Record<string, (one: Invited) => Status>> = {
  'objected meanwhile': (one) => ({ ...rest(one), status: 'opposed', decidedBy }),
  'was opened meanwhile': (one) => ({ ...rest(one), status: 'open', openedAt: one.deadlineAt }),
  'is frozen': (one) => ({ ...one, frozen: true }),
  'is not informed any more': (one) => ({ ...one, uninformed: 'bounced' }),
  'has another version': (one) => ({ ...one, version: one.version + 1 }),
  'has another line at the end of his journal': (one) => ({ ...one, headSeq: one.headSeq + 1 }),
  'has another end of his chain': (one) => ({ ...one, headHash: hash }),
  'got another deadline': (one) => ({ ...one, deadlineAt: '2023-12-31T22:59:59.999Z' }),
};

describe('ENR-2: the write that opens, by itself', () => {
  test.each(Object.keys(changes))('is refused for who %s', async (name) => {
    const hint = await invited();
    // All else as it was: each condition must hold alone.
    const changed = changes[name]?.(hint) ?? hint;
    await transact([statusWrite(changed, hint.version)]);
    expect(await openAlone(hint)).toBe('ConditionalCheckFailedException');
    expect(await loadStatus(hint.holder)).toEqual(changed);
  });

  test('is refused in the last millisecond of the deadline, and taken in the next', async () => {
    const hint = await invited();
    const deadline = Date.parse(hint.deadlineAt);
    expect(await openAlone(hint, deadline)).toBe('ConditionalCheckFailedException');
    expect(await openAlone(hint, deadline + 1)).toBe('opened');
  });
});
