import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  type TransactWriteCommandInput,
} from '@aws-sdk/lib-dynamodb';
import type { InvitedPerson } from '#test/support/invited.ts';
import { meterFor } from './meter.ts';
import type { Place } from './place.ts';
import { roomSecrets } from './room-secrets.ts';
import type { Side } from './rounds.ts';

const functionId = 'enrolment-public';
const department = '34';
const informedAt = new Date(Date.now() - 86_400_000).toISOString();
const deadlineAt = new Date(Date.now() + 41 * 86_400_000).toISOString();

type Actions = NonNullable<TransactWriteCommandInput['TransactItems']>;

/** The reads and the one transaction that an objection makes, built beforehand. */
interface Bare {
  readonly first: readonly GetCommand[];
  readonly together: readonly GetCommand[];
  readonly writes: Actions;
}

/**
 * Objections over HTTP (gateway, worker, door) against the SDK calls that they make, alone: the same
 * calls on items of the same size, with the function's own key, through the same door.
 */
export async function oppositionSides(place: Place, people: number) {
  const { world, operator } = place;
  const { options } = await import('#shared/aws/options.ts');
  const { inLanes } = await import('#shared/in-lanes.ts');
  const { newId } = await import('#shared/random.ts');
  const { journalWrite } = await import('#shared/journal/write.ts');
  const { append, record } = await import('#functions/enrolment/lines.ts');
  const { codeWrite, statusWrite } = await import('#functions/enrolment/person-store.ts');
  const { invitedPeople, writeInvited } = await import('#test/support/invited.ts');
  const secrets = await roomSecrets(place, functionId);
  const client = new DynamoDBClient({ ...options, ...world.aws(functionId) });
  const dynamo = DynamoDBDocumentClient.from(client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  let cohorts = 0;

  async function invited(): Promise<InvitedPerson[]> {
    cohorts += 1;
    const name = `objections ${cohorts}`;
    const wave = 'bench';
    const cohort = { name, people, department, wave, informedAt, deadlineAt, secrets };
    const made = await invitedPeople(cohort);
    await writeInvited(operator, made, ['lookup', 'status', 'code']);
    return made;
  }

  function bareOf({ status, code, nirTag }: InvitedPerson): Bare {
    const TableName = world.physical('ENROLMENT_TABLE');
    const get = (pk: string, sk: string) =>
      new GetCommand({ TableName, Key: { pk, sk }, ConsistentRead: true });
    const [holder, reference, now] = [`H#${status.holder}`, newId(), Date.now()];
    const receivedAt = new Date(now).toISOString();
    const decidedBy = { reference, receivedAt, channel: 'web' as const };
    const decided = { ...status, status: 'opposed' as const, decidedBy };
    const { next, line } = append(decided, status.holder, {
      id: reference,
      at: now,
      actor: { kind: 'anonymous', id: 'public' },
      channel: 'web',
      action: 'enrolment/oppose',
      object: record(status, { from: 'invited', to: 'opposed' }),
    });
    const current = code.current && { ...code.current, usedAt: receivedAt };
    const used = { ...code, revision: code.revision + 1, ...(current ? { current } : {}) };
    return {
      first: [get(`NET#${nirTag}`, receivedAt.slice(0, 13)), get(`N#${nirTag}`, 'LOOKUP')],
      together: [get(holder, 'STATUS'), get(holder, 'CODE'), get(holder, `TRY#${nirTag}`)],
      writes: [
        statusWrite(next, status.version),
        codeWrite(used, code.revision),
        journalWrite(line),
      ],
    };
  }

  const meter = meterFor(world, functionId);

  const overHttp =
    (lanes: number): Side =>
    async () => {
      const asked = (await invited()).map(({ nir, cardSerial, written }) => ({
        path: '/enrolment/oppositions',
        body: { nir, cardSerial, code: written },
      }));
      return meter.timed(`over HTTP, ${lanes} at once`, people, () =>
        inLanes(asked, lanes, async (one) => {
          const answer = await world.request(one);
          if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
        }),
      );
    };

  const bare =
    (lanes: number): Side =>
    async () => {
      const built = (await invited()).map(bareOf);
      return meter.timed(`bare, ${lanes} at once`, people, () =>
        inLanes(built, lanes, async ({ first, together, writes: TransactItems }) => {
          for (const get of first) await dynamo.send(get);
          await Promise.all(together.map((get) => dynamo.send(get)));
          await dynamo.send(new TransactWriteCommand({ TransactItems }));
        }),
      );
    };

  return { meter, overHttp, bare };
}
