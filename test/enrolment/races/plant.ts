import { randomBytes } from 'node:crypto';
import { hashCode } from '#functions/enrolment/hash-code.ts';
import { append, branchOf, record } from '#functions/enrolment/lines.ts';
import {
  codeWrite,
  lookupWrite,
  personWrite,
  statusWrite,
} from '#functions/enrolment/person-store.ts';
import { cohortOf } from '#functions/enrolment/rules/cohort.ts';
import type { Invited, Status } from '#functions/enrolment/stored.ts';
import type { Code } from '#functions/enrolment/stored-code.ts';
import { birthTag, cardTag } from '#functions/enrolment/tags.ts';
import { transact } from '#shared/aws/transact.ts';
import { genesis } from '#shared/journal/line.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { objectionDeadline } from '#shared/kernel/calendar.ts';
import { codeOf, formatCode } from '#shared/kernel/code.ts';
import { idOf } from '#shared/kernel/ids.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import { newId } from '#shared/random.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { activeKeyMade } from '#shared/sealing/branch-keys.ts';
import { seal } from '#shared/sealing/envelope.ts';

/** Somebody whom the room knows, with what only he and the mail know. */
export interface Planted {
  readonly holder: string;
  readonly nir: string;
  readonly cardSerial: string;
  readonly birthDate: string;
  readonly email: string;
  readonly mobile?: string;
  readonly department: string;
  /** As it stands in the mail. */
  readonly code: string;
  readonly deadlineAt: string;
}

export interface Planting {
  readonly department: string;
  /** When the invitation was accepted (ms); without, the person is known only. */
  readonly sentAt?: number;
  /** The first of 128 shards that holds them all; without, any. */
  readonly shard?: number;
  readonly email?: string;
  readonly mobile?: string;
}

const birthDate = '1985-05-12';
const params = { memoryKiB: 8, passes: 1, parallelism: 1 };
let born = Math.floor(Math.random() * 9_000_000);

/** An id in a shard: the shard is the id's first ten bits modulo the number of shards. */
function idIn(shard: number): string {
  const bytes = randomBytes(16);
  bytes[0] = shard >> 2;
  bytes[1] = ((shard & 3) << 6) | ((bytes[1] ?? 0) & 0x3f);
  return idOf(bytes);
}

function someone(planting: Planting): Planted {
  born += 1;
  const thirteen = `185059${String(1_000_000 + (born % 9_000_000)).slice(-7)}`;
  const nir = thirteen + nirKey(thirteen);
  const { sentAt, department, shard } = planting;
  const deadline = sentAt && objectionDeadline({ sentAt, department, days: 42 });
  return {
    holder: shard === undefined ? newId() : idIn(shard),
    nir,
    cardSerial: nir.slice(2, 13),
    birthDate,
    email: planting.email ?? `p${nir}@example.org`,
    ...(planting.mobile ? { mobile: planting.mobile } : {}),
    department,
    code: formatCode(codeOf(randomBytes(11))),
    deadlineAt: deadline ? new Date(deadline).toISOString() : '',
  };
}

/** Puts people into the tables as the room itself leaves them, lines included; much faster than to play it. */
export async function plant(count: number, planting: Planting): Promise<Planted[]> {
  const people = Array.from({ length: count }, () => someone(planting));
  // Six actions a person; a transaction takes a hundred.
  for (let from = 0; from < people.length; from += 16) {
    const some = people.slice(from, from + 16);
    await transact((await Promise.all(some.map((one) => writesFor(one, planting)))).flat());
  }
  return people;
}

async function writesFor(person: Planted, { sentAt }: Planting) {
  const { holder, nir, department, cardSerial, email } = person;
  const [key, pepper] = await Promise.all([secretMade('lookup'), secretMade('pepper')]);
  const known: Extract<Status, { status: 'known' }> = {
    status: 'known',
    ...{ holder, department, version: 0, headSeq: genesis.seq, headHash: genesis.hash },
    informBy: email ? 'mail' : 'letter',
    cohort: cohortOf(birthDate),
    cardTag: cardTag(key, holder, cardSerial),
    birthTag: birthTag(key, holder, birthDate),
  };
  const { next, line } = append(known, holder, {
    ...{ id: newId(), at: sentAt ?? 0, actor: { kind: 'system', id: 'import' }, channel: 'file' },
    action: 'enrolment/import-insured',
    object: record(known, { to: 'known' }),
  });
  const lookup = lookupWrite(nirTag(key, nir), { holder, rowTag: 'planted' }, undefined);
  const sealed = personWrite({ holder, version: 1, sealed: await sealedPerson(person) });
  if (sentAt === undefined)
    return [lookup, sealed, statusWrite(next, undefined), journalWrite(line)];
  const informedAt = new Date(sentAt).toISOString();
  const invited: Invited = {
    ...{ ...next, status: 'invited' as const },
    informedAt,
    deadlineAt: person.deadlineAt,
  };
  const sent = append(invited, holder, {
    ...{ id: newId(), at: sentAt, actor: { kind: 'system', id: 'facts' }, channel: 'mail' },
    action: 'enrolment/renew-code',
    object: record(known, { from: 'known', to: 'invited' }),
  });
  const salt = randomBytes(16);
  const code: Code = {
    holder,
    revision: 1,
    current: {
      ...{ salt, params, generation: 1, failures: 0 },
      hash: await hashCode(person.code.replaceAll('-', ''), { salt, params, pepper }),
      sentAt: informedAt,
      validUntil: person.deadlineAt,
    },
  };
  return [
    ...[lookup, sealed, statusWrite(sent.next, undefined), codeWrite(code, undefined)],
    ...[journalWrite(line), journalWrite(sent.line)],
  ];
}

async function sealedPerson({
  holder,
  nir,
  email,
  mobile,
  department,
}: Planted): Promise<Uint8Array> {
  const person = {
    ...{ nir, birthName: 'DURAND', usedName: '', givenNames: 'Odette', birthDate, sex: 'F' },
    ...{ addressLine: '1 place de la Mairie', postcode: '20000', city: 'Ajaccio' },
    ...(email ? { email } : {}),
    ...(mobile ? { mobile } : {}),
  };
  const branch = await activeKeyMade(branchOf(department), 'enrolment');
  return seal(Buffer.from(JSON.stringify(person)), branch, { holder, kind: 'person', version: 1 });
}
