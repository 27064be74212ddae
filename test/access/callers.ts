import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { dynamo } from '#shared/aws/dynamo.ts';
import type { CallerKind } from '#shared/http/route.ts';
import { genesis } from '#shared/journal/line.ts';
import type { StatusWord } from '#shared/kernel/status.ts';
import { newId } from '#shared/random.ts';
import { assistedToken, openWrites, postOf, secretHashOf } from '#shared/record/assisted.ts';
import { linkWrite } from '#shared/record/link.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { statusKey } from '#shared/record/table.ts';
import { linkTag } from '#shared/record/tags.ts';
import { tokenOf } from '#test/enrolment/activating.ts';
import { world } from '#test/enrolment/races/in-process.ts';

/** Somebody who calls, and what his record is. */
export interface TriedCaller {
  readonly name: string;
  readonly kind: CallerKind;
  readonly token?: string;
  /** Of citizens: whose record may be opened, and if not, why not. */
  readonly own?: 'granted' | 'access/not-linked' | 'access/record-closed';
}

/** A citizen whose account is linked to a record of this status. */
async function citizen(
  name: string,
  own: NonNullable<TriedCaller['own']>,
  linked?: { status: StatusWord; named: boolean },
): Promise<TriedCaller> {
  const subject = `matrix-${newId()}`;
  if (linked) {
    const account = linkTag(await secretMade('lookup'), 'holder', subject);
    const holder = newId();
    const Item = {
      ...statusKey(holder),
      ...{ holder, status: linked.status, department: '00' },
      ...{ headSeq: genesis.seq, headHash: genesis.hash },
      ...(linked.named ? { linkTag: account } : {}),
    };
    await dynamo.send(new PutCommand({ TableName: world.physical('ENROLMENT_TABLE'), Item }));
    const linkedAt = new Date(0).toISOString();
    await dynamo.send(new PutCommand(linkWrite(account, { holder, linkedAt }).Put));
  }
  // Too long ago for what cannot be undone: each caller is to stay as he is for the next route.
  const token = await tokenOf(subject, { signedInSecondsAgo: 3600 });
  return { name, kind: 'holder', token, own };
}

/** Every kind of caller there is, and every way in which a citizen's record can stand. */
export async function triedCallers(): Promise<TriedCaller[]> {
  return [
    { name: 'nobody', kind: 'public' },
    await citizen('a citizen without a record', 'access/not-linked'),
    await citizen('a holder', 'granted', { status: 'activated', named: true }),
    await citizen('a holder whose record is closed', 'access/record-closed', {
      ...{ status: 'closed', named: true },
    }),
    await citizen('a citizen whose record another account has taken over', 'access/not-linked', {
      ...{ status: 'activated', named: false },
    }),
    await citizen('a citizen whose record never opened', 'access/not-linked', {
      ...{ status: 'invited', named: false },
    }),
    await atCounter(),
    ...(await Promise.all(
      (
        [
          ['docteur', 'professional'],
          ['infirmier', 'professional'],
          ['campagne', 'agent'],
          ['conseiller', 'agent'],
          ['accueil', 'agent'],
          ['laboratoire', 'establishment'],
        ] as const
      ).map(async ([name, kind]) => ({ name, kind, token: await world.token(name) })),
    )),
  ];
}

/** A holder in a session at a counter, whose record he never activated. */
export async function atCounter(): Promise<TriedCaller> {
  const [holder, session, secret] = [newId(), newId(), 'S'.repeat(43)];
  const at = new Date(0).toISOString();
  const Item = {
    ...statusKey(holder),
    ...{ holder, status: 'open', department: '00' },
    ...{ headSeq: genesis.seq, headHash: genesis.hash, version: 1, informBy: 'mail' },
    ...{ cardTag: 't', birthTag: 't', informedAt: at, deadlineAt: at, openedAt: at },
  };
  await dynamo.send(new PutCommand({ TableName: world.physical('ENROLMENT_TABLE'), Item }));
  const [put] = openWrites(
    {
      ...{ session, holder, structure: 'France Services', secretHash: secretHashOf(secret) },
      ...{ post: postOf(secret, '127.0.0.1'), openedAt: at },
      endsAt: '2999-01-01T00:00:00.000Z',
    },
    { agentTag: newId(), before: undefined },
  );
  if (put) await dynamo.send(new PutCommand(put.Put));
  const token = assistedToken({ session, secret });
  return { name: 'a holder at a counter', kind: 'assisted', token, own: 'granted' };
}

/** A guardian, the child whose record names him, and one whose record does not. */
export async function guardianAndChildren() {
  const guardian = newId();
  const subject = `matrix-${guardian}`;
  const account = linkTag(await secretMade('lookup'), 'holder', subject);
  const linkedAt = new Date(0).toISOString();
  const record = (holder: string, more: object) => ({
    ...statusKey(holder),
    ...{ holder, status: 'activated', department: '00' },
    ...{ headSeq: genesis.seq, headHash: genesis.hash, version: 1, informBy: 'mail' },
    ...{ cardTag: 't', birthTag: 't', activatedAt: linkedAt, linkTag: 't' },
    conditions: { version: '2022-01', acceptedAt: linkedAt },
    choices: { visibility: 'visible', emergency: { breakGlass: 'permit', regulation: 'permit' } },
    ...more,
  });
  const child = { tag: 't', attachedTo: guardian, adultOn: '2999-01-01' };
  const [own, others, grown] = [newId(), newId(), newId()];
  const guardians = [{ holder: guardian, since: linkedAt }];
  const TableName = world.physical('ENROLMENT_TABLE');
  for (const Item of [
    record(guardian, { linkTag: account }),
    record(own, { child, guardians }),
    record(others, { child, guardians: [{ holder: newId(), since: linkedAt }] }),
    record(grown, { child: { ...child, adultOn: '2000-01-01' }, guardians }),
  ])
    await dynamo.send(new PutCommand({ TableName, Item }));
  await dynamo.send(new PutCommand(linkWrite(account, { holder: guardian, linkedAt }).Put));
  const token = await tokenOf(subject, { signedInSecondsAgo: 3600 });
  return { token, own, others, grown };
}
