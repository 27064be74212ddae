import { PutCommand } from '@aws-sdk/lib-dynamodb';
import type { Status } from '#functions/enrolment/stored.ts';
import type { InvitedPerson } from '#test/support/invited.ts';
import type { Place } from './place.ts';
import { roomSecrets } from './room-secrets.ts';

/** What each case differs by: how the person stands, and what is typed. */
interface Case {
  readonly path: string;
  /** Nobody in the tables has the number. */
  readonly isNobody?: true;
  readonly stands?: (one: InvitedPerson) => Standing;
  /** Whether the network is not heard on this person in this hour any more. */
  readonly isUnheard?: true;
  readonly types: (one: InvitedPerson) => object;
}
type Standing = Pick<InvitedPerson, 'code'> & { readonly status: Status };

const objecting = '/enrolment/oppositions';
const asking = '/enrolment/codes';
/** Another code with a right check character; a person's own is never this one. */
const wrong = '0000-0000-0000';
const decidedAt = new Date(Date.now() - 3_600_000).toISOString();
const decidedBy = { reference: 'bench', receivedAt: decidedAt, channel: 'web' } as const;

const wrongCode = ({ nir, cardSerial }: InvitedPerson) => ({ nir, cardSerial, code: wrong });
const wishing = ({ nir, cardSerial }: InvitedPerson) => ({
  ...{ nir, cardSerial, birthDate: '1985-05-12' },
});
const codeWith = ({ code }: InvitedPerson, change: object) => ({
  ...code,
  ...(code.current ? { current: { ...code.current, ...change } } : {}),
});

/**
 * All that a stranger might want to tell apart; the first of each kind is what the others are held against, and
 * `again` is the same once more.
 */
export const kinds: Readonly<Record<string, Readonly<Record<string, Case>>>> = {
  'an attempt': {
    'wrong code': { path: objecting, types: wrongCode },
    again: { path: objecting, types: wrongCode },
    'unknown number': { path: objecting, isNobody: true, types: wrongCode },
    'wrong card': {
      path: objecting,
      types: (one) => ({ ...wrongCode(one), code: one.written, cardSerial: '99999999' }),
    },
    'expired code': {
      path: objecting,
      stands: (one) => ({
        status: { ...one.status, deadlineAt: decidedAt },
        code: codeWith(one, { validUntil: decidedAt }),
      }),
      types: wrongCode,
    },
    'burnt code': {
      path: objecting,
      stands: (one) => ({
        status: { ...one.status, frozen: true },
        code: codeWith(one, { burntAt: decidedAt, failures: 10 }),
      }),
      types: wrongCode,
    },
    'who objected': {
      path: objecting,
      stands: (one) => ({
        status: { ...one.status, status: 'opposed', decidedBy },
        code: codeWith(one, { usedAt: decidedAt }),
      }),
      types: wrongCode,
    },
    'not heard, right code': {
      path: objecting,
      isUnheard: true,
      types: ({ nir, cardSerial, written: code }) => ({ nir, cardSerial, code }),
    },
  },
  'a wish for a code': {
    sent: { path: asking, types: wishing },
    again: { path: asking, types: wishing },
    'unknown number': { path: asking, isNobody: true, types: wishing },
    'wrong birth date': {
      path: asking,
      types: (one) => ({ ...wishing(one), birthDate: '1999-01-01' }),
    },
  },
};

/** One request of a case, ready to be sent: each on a person of its own, from a network of its own. */
export interface Try {
  readonly path: string;
  readonly body: object;
  readonly from: string;
}

const informedAt = new Date(Date.now() - 86_400_000).toISOString();
const deadlineAt = new Date(Date.now() + 41 * 86_400_000).toISOString();

/** Makes people for some tries of each case of a kind and writes them. */
export async function strangersOf(place: Place) {
  const { invitedPeople, writeInvited } = await import('#test/support/invited.ts');
  const { triedWrite } = await import('#functions/enrolment/attempts-store.ts');
  const { ghostItems } = await import('#functions/enrolment/ghost-store.ts');
  const { networkPrefix } = await import('#shared/kernel/network.ts');
  const { networkTag } = await import('#functions/enrolment/tags.ts');
  const secrets = await roomSecrets(place, 'enrolment-public');
  for (const Item of ghostItems())
    await place.operator.send(
      new PutCommand({ TableName: place.world.physical('ENROLMENT_TABLE'), Item }),
    );
  let networks = 0;
  let cohorts = 0;

  function network(): string {
    networks += 1;
    return `127.${1 + (networks >> 8)}.${networks & 255}.1`;
  }

  async function unheard({ status, code }: InvitedPerson, from: string): Promise<void> {
    const tag = networkTag(secrets.lookup, networkPrefix(from));
    // This hour and the next: the bench may pass from one to the other.
    const hour = new Date().toISOString().slice(0, 13);
    const { Put } = triedWrite(
      { network: tag, holder: status.holder, hour },
      {
        ...{ before: undefined, counts: { soft: 5, asked: 0, hard: 5 }, code: code.current },
        now: Date.now(),
      },
    );
    await place.operator.send(new PutCommand({ TableName: Put.TableName, Item: Put.Item }));
  }

  async function triesOf(name: string, one: Case, count: number): Promise<Try[]> {
    cohorts += 1;
    const cohort = { name: `stranger ${cohorts} ${name}`, people: count, department: '34' };
    const made = await invitedPeople({ ...cohort, wave: 'bench', informedAt, deadlineAt, secrets });
    const standing = made.map((person) => ({ ...person, ...one.stands?.(person) }));
    if (!one.isNobody) await writeInvited(place.operator, standing, ['lookup', 'status', 'code']);
    const tries: Try[] = [];
    for (const person of made) {
      const from = network();
      if (one.isUnheard) await unheard(person, from);
      tries.push({ path: one.path, body: one.types(person), from });
    }
    return tries;
  }

  return { triesOf };
}
