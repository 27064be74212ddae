import { TransactWriteCommand, type TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { InvitedPerson } from '#test/support/invited.ts';
import { meterFor } from './meter.ts';
import type { Place } from './place.ts';
import type { Side } from './rounds.ts';

/** Parts of a deadline opened at once, and transactions in flight: four for each part, as the job has it. */
const partsAtOnce = 2;
const inFlight = 4 * partsAtOnce;
const functionId = 'enrolment-opening';

type Actions = NonNullable<TransactWriteCommandInput['TransactItems']>;

/**
 * The opening as it is deployed against its bare writes: the same updates and lines, built before the
 * clock starts, sent by the same client through the same door with as many in flight.
 */
export async function sweepSides(
  { world, operator }: Place,
  most: { people: number; singly: number },
) {
  // The room's modules read their environment when they are imported.
  const { dynamo } = await import('#shared/aws/dynamo.ts');
  const { inLanes } = await import('#shared/in-lanes.ts');
  const { newId } = await import('#shared/random.ts');
  const { journalWrite } = await import('#shared/journal/write.ts');
  const { append, record } = await import('#functions/enrolment/lines.ts');
  const { openShards } = await import('#functions/enrolment/job-open.ts');
  const { openingParts } = await import('#functions/enrolment/messages.ts');
  const { openWrite } = await import('#functions/enrolment/open-write.ts');
  const { invitedPeople, writeInvited } = await import('#test/support/invited.ts');
  const begun = Date.parse('2022-03-21T22:59:59.999Z');
  let cohorts = 0;

  async function invited(count: number): Promise<{ people: InvitedPerson[]; deadlineAt: string }> {
    cohorts += 1;
    const deadlineAt = new Date(begun + cohorts).toISOString();
    const informedAt = '2022-02-07T08:00:00.000Z';
    const name = `sweep ${cohorts}`;
    const cohort = { name, people: count, department: '12', wave: 'bench', informedAt, deadlineAt };
    const people = await invitedPeople(cohort);
    await writeInvited(operator, people, ['status']);
    return { people, deadlineAt };
  }

  function opening({ status }: InvitedPerson): Actions {
    const now = Date.now();
    const { next, line } = append(status, status.holder, {
      id: newId(),
      at: now,
      actor: { kind: 'system', id: 'opening' },
      channel: 'clock',
      action: 'enrolment/open',
      object: record(status, { from: 'invited', to: 'open' }),
    });
    return [openWrite(status, next, now), journalWrite(line)];
  }

  const meter = meterFor(world, functionId);

  const bare =
    (name: string, count: number, size: number): Side =>
    async () => {
      const { people } = await invited(count);
      const writes: Actions[] = [];
      for (let from = 0; from < people.length; from += size)
        writes.push(people.slice(from, from + size).flatMap(opening));
      return meter.timed(name, count, () =>
        inLanes(writes, inFlight, async (TransactItems) => {
          await dynamo.send(new TransactWriteCommand({ TransactItems }));
        }),
      );
    };

  const ours =
    (name: string, count: number): Side =>
    async () => {
      const { deadlineAt } = await invited(count);
      let opened = 0;
      const parts = Array.from({ length: openingParts }, (_, part) => part);
      const time = await meter.timed(name, count, () =>
        inLanes(parts, partsAtOnce, async (part) => {
          const run = { clock: Date.now, hasTime: () => true };
          const { counts } = await openShards({ deadlineAt, part }, run);
          opened += counts.opened;
        }),
      );
      if (opened !== count) throw new Error(`${opened} of ${count} were opened`);
      return time;
    };

  return {
    meter,
    /** Each gives milliseconds a person. */
    ours: ours('opening', most.people),
    raw: bare('raw', most.people, 50),
    singly: bare('one by one', most.singly, 1),
    many: (count: number) => ours('opening of many', count)(),
  };
}
