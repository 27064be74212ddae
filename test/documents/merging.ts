import '#test/notices/in-process.ts';
/** Imported before the room's modules, for its effect. People in the states that a merge meets, and what they hold. */
import { ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { append, record as told } from '#functions/enrolment/lines.ts';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import { Status } from '#functions/enrolment/stored.ts';
import { personBy } from '#infra/local/engines/issuer/people.ts';
import { dynamo } from '#shared/aws/dynamo.ts';
import { s3 } from '#shared/aws/s3.ts';
import { transact } from '#shared/aws/transact.ts';
import { loadSince } from '#shared/journal/head.ts';
import { accessLaneNumbers } from '#shared/journal/lanes.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { childHint } from '#shared/record/guardians.ts';
import { linkWrite } from '#shared/record/link.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { itemAt, statusKey } from '#shared/record/table.ts';
import { linkTag, nirTag } from '#shared/record/tags.ts';
import { plant } from '#test/enrolment/races/plant.ts';
import { dropUpdates } from '#test/enrolment/town.ts';
import { world } from '#test/notices/in-process.ts';
import { Found, searches } from './talk.ts';

export { world };

const Bucket = world.physical('VAULT_BUCKET');
const at = '2022-03-20T00:00:00.000Z';
const informed = { informedAt: '2022-02-01T09:00:00.000Z', deadlineAt: '2022-03-15T22:59:59.999Z' };
const states = {
  open: { status: 'open', ...informed, openedAt: at },
  activated: {
    ...{ status: 'activated', ...informed, activatedAt: at },
    conditions: { version: '2022-01', acceptedAt: at },
    choices: {
      visibility: 'visible',
      emergency: { breakGlass: 'permit', regulation: 'permit' },
    },
  },
} as const;

export interface Somebody {
  readonly holder: string;
  readonly nir: string;
}

/** Somebody whose record is known, open, or activated by a ready citizen, with the line that says so. */
export async function somebody(
  state: 'known' | keyof typeof states,
  citizen?: string,
): Promise<Somebody> {
  const [one] = await plant(1, { department: '94' });
  const { holder, nir } = one ?? { holder: '', nir: '' };
  if (state === 'known') return { holder, nir };
  const before = await loadStatus(holder);
  if (!before) throw new Error('nobody');
  const subject = personBy(citizen)?.subject;
  const tag = subject && linkTag(await secretMade('lookup'), 'holder', subject);
  const to = Status.parse({ ...before, ...states[state], ...(tag ? { linkTag: tag } : {}) });
  const { next, line } = append<Status>(to, holder, {
    ...{ id: newId(), at: Date.parse(await world.now()), actor: { kind: 'system', id: 'test' } },
    ...{ channel: 'clock', action: `enrolment/${state === 'open' ? 'open' : 'activate'}` },
    object: told(to, { from: before.status, to: to.status }),
  });
  await transact([statusWrite(next, before.version), journalWrite(line)]);
  if (tag) {
    const { TableName, Item } = linkWrite(tag, { holder, linkedAt: at }).Put;
    await dynamo.send(new PutCommand({ TableName, Item }));
  }
  return { holder, nir };
}

/** The record is another account's from now on, as a code of its own makes it. */
export async function takenOverBy({ holder }: Somebody, citizen: string): Promise<void> {
  const before = await loadStatus(holder);
  const subject = personBy(citizen)?.subject;
  if (before?.status !== 'activated' || !subject) throw new Error('nobody');
  const tag = linkTag(await secretMade('lookup'), 'holder', subject);
  const { next, line } = append<Status>({ ...before, linkTag: tag }, holder, {
    ...{ id: newId(), at: Date.parse(await world.now()), actor: { kind: 'holder', id: holder } },
    ...{ channel: 'web', action: 'enrolment/relink' },
    object: told(before, { from: before.status, to: before.status }),
  });
  const { TableName, Item } = linkWrite(tag, { holder, linkedAt: at }).Put;
  await transact([statusWrite(next, before.version), journalWrite(line)]);
  await dynamo.send(new PutCommand({ TableName, Item }));
}

export const merge = async (from: Somebody, into: Somebody, op: 'merge' | 'split' = 'merge') => {
  const counted = await dropUpdates([{ op, from: from.nir, into: into.nir }]);
  await world.idle();
  return counted;
};

export const holderOf = async ({ nir }: Somebody): Promise<string | undefined> =>
  (await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder;

/** The documents of which the vault holds something for a holder. */
export async function contentsOf({ holder }: Somebody): Promise<string[]> {
  const list = new ListObjectVersionsCommand({ Bucket, Prefix: `${holder}/` });
  const { Versions = [], DeleteMarkers = [] } = await s3.send(list);
  return [...Versions, ...DeleteMarkers].map(({ Key }) => Key?.split('/')[1] ?? '').toSorted();
}

/** What a citizen finds, by id. */
export async function finds(citizen: string): Promise<string[]> {
  const { entry = [] } = Found.parse((await searches(citizen)).body);
  return entry.map(({ resource }) => resource.id).toSorted();
}

const History = z.object({
  entries: z.array(
    z.looseObject({ actionDescription: z.string(), actorDisplayName: z.string(), id: z.string() }),
  ),
});

export async function historyOf(citizen: string) {
  const token = await world.token(citizen);
  const { body } = await world.request({ path: '/journal/history', token });
  return History.parse(body).entries;
}

const Part = z.looseObject({ next: z.string().optional() });

/** All parts of a citizen's export. */
export async function exported(citizen: string): Promise<unknown[]> {
  const token = await world.token(citizen);
  const parts: unknown[] = [];
  for (let next: string | undefined = ''; next !== undefined; ) {
    const query = next === '' ? '' : `?cursor=${next}`;
    const { body } = await world.request({ path: `/journal/history/export${query}`, token });
    parts.push(body);
    next = Part.parse(body).next;
  }
  return parts;
}

/** A citizen's history on paper. */
export const printed = async (citizen: string) =>
  world.request({ path: '/journal/history/paper', token: await world.token(citizen) });

const linesOf = async ({ holder }: Somebody) =>
  (
    await Promise.all(
      accessLaneNumbers.map((lane) => loadSince({ holder, lane, seq: 1 }).then((one) => one.lines)),
    )
  ).flat();

/** What a person is told of a merge that was wrong: the counts, and each document that was read. */
export async function mixUpOf(one: Somebody) {
  const lines = await linesOf(one);
  const sums = lines.filter(({ action }) => action === 'documents/tell-mix-up');
  if (sums.length > 1) throw new Error('told twice');
  const readings = lines.filter(({ action }) => action === 'documents/tell-reading');
  return { counts: sums[0]?.object.counts, readings };
}

/** The codes of what somebody was told. */
export async function noticesOf({ holder }: Somebody): Promise<string[]> {
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName: world.physical('NOTICES_TABLE'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `H#${holder}` },
      ConsistentRead: true,
    }),
  );
  return z
    .array(z.looseObject({ code: z.string() }))
    .parse(Items ?? [])
    .map(({ code }) => code);
}

const itemOf = async ({ holder }: Somebody) =>
  z
    .looseObject({ version: z.int(), headSeq: z.int(), headHash: z.string() })
    .parse(await itemAt(statusKey(holder)));

/** What a merge and its undoing leave in the table, without a line: no worker is told of it. */
export const bare = {
  async merge(from: Somebody, into: Somebody): Promise<void> {
    const [second, first] = [await itemOf(from), await itemOf(into)];
    const reference = `merge-of-${from.holder}`;
    const { version, headSeq, headHash } = second;
    const TableName = world.physical('ENROLMENT_TABLE');
    const signpost = { ...statusKey(from.holder), holder: from.holder, version, headSeq, headHash };
    const merged = { mergedInto: into.holder, mergedAt: at, reference, kept: second };
    await dynamo.send(new PutCommand({ TableName, Item: { ...signpost, ...merged } }));
    const absorbed = [{ holder: from.holder, reference, at, numbers: [from.nir] }];
    await dynamo.send(new PutCommand({ TableName, Item: { ...first, absorbed } }));
  },
  async part(from: Somebody, into: Somebody): Promise<void> {
    const { kept } = z.looseObject({ kept: z.looseObject({}) }).parse(await itemOf(from));
    const reference = `part-of-${from.holder}`;
    const partedFrom = { holder: into.holder, reference, mergedAt: at, at, account: 'into' };
    const TableName = world.physical('ENROLMENT_TABLE');
    await dynamo.send(new PutCommand({ TableName, Item: { ...kept, partedFrom } }));
    const { absorbed: _a, ...alone } = z.looseObject({}).parse(await itemOf(into));
    await dynamo.send(new PutCommand({ TableName, Item: alone }));
  },
};

/** How many documents and producers' identifiers are filed of a holder. */
export async function filedOf({ holder }: Somebody): Promise<[number, number]> {
  const { Items } = await dynamo.send(
    new QueryCommand({
      TableName: world.physical('DOCUMENTS_TABLE'),
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': `H#${holder}` },
      ConsistentRead: true,
    }),
  );
  const keys = z.array(z.looseObject({ sk: z.string() })).parse(Items ?? []);
  const count = (kind: string) => keys.filter(({ sk }) => sk.startsWith(kind)).length;
  return [count('DOC#'), count('UID#')];
}

/** A minor in whose record somebody acts. */
export async function childOf({ holder: guardian }: Somebody): Promise<Somebody> {
  const child = await somebody('open');
  const item = await itemOf(child);
  const facts = {
    ...states.activated,
    linkTag: 'nobodys',
    child: { tag: 'by-a-guardian', attachedTo: guardian, adultOn: '2035-01-01' },
    guardians: [{ holder: guardian, since: at }],
  };
  const TableName = world.physical('ENROLMENT_TABLE');
  await dynamo.send(new PutCommand({ TableName, Item: { ...item, ...facts } }));
  await transact([childHint({ guardian, child: child.holder })]);
  return child;
}

const Profiles = z.object({ profiles: z.array(z.looseObject({ holder: z.string() })) });

/** The records in which a citizen may act, his own first. */
export async function profilesOf(citizen: string): Promise<string[]> {
  const token = await world.token(citizen);
  const { body } = await world.request({ path: '/identity/profiles', token });
  return Profiles.parse(body).profiles.map(({ holder }) => holder);
}

/** What the history of a child's record answers to a citizen. */
export async function actsFor(citizen: string, { holder }: Somebody): Promise<number> {
  const headers = { 'x-acting-for': holder };
  const token = await world.token(citizen);
  return (await world.request({ path: '/journal/history', token, headers })).status;
}
