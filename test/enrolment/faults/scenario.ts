import { noteDeadline } from '#functions/enrolment/deadline-store.ts';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { activate, me, tokenOf } from '../activating.ts';
import { world } from '../races/in-process.ts';
import { type Planted, plant } from '../races/plant.ts';
import { codeOf, codesOf, dropPeople, oppose, signIn, someone, wrongCode } from '../town.ts';

const day = 86_400_000;

export interface Played {
  readonly imports: readonly unknown[];
  /** Answer to the planning of the wave, and to each objection. */
  readonly answers: Readonly<Record<string, number>>;
  readonly people: Readonly<Record<'objecting' | 'burnt' | 'waiting' | 'moved', InsuredRow>>;
  readonly due: readonly Planted[];
  /** Whose address the mail service does not take any more. */
  readonly unreachable: string;
}

/** Starts one of the clock's jobs and waits for its work: what failed is taken up, what is done is closed. */
async function run(job: 'start-sending' | 'start-opening', settle: () => Promise<unknown>) {
  for (let round = 0; round < 3; round++) {
    await world.invoke('enrolment-clock', { job, scheduledAt: await world.now() });
    await settle();
  }
}

/** Activates a record, or links it to an account, and signs in with it. */
async function takeOver(person: InsuredRow, subject: string): Promise<void> {
  const token = await tokenOf(subject);
  await activate(person, { code: await codeOf(person), token });
  await me(token);
}

/** Closes an account's record, asks for its deletion, and takes both back. */
async function closeAndReopen(subject: string): Promise<void> {
  const token = await tokenOf(subject);
  const post = (path: string, body?: object) =>
    world.request({ method: 'POST', path, token, ...(body ? { body } : {}) });
  for (const deletion of [false, true])
    await post('/enrolment/closure', { confirm: true, deletion });
  await post('/enrolment/reopening');
}

/** Objects through an agent, without a code. */
async function objectByPhone({ nir, birthDate }: InsuredRow): Promise<void> {
  const body = {
    ...{ nir, birthDate, channel: 'phone', madeOn: await world.now() },
    checks: ['name', 'birth-date', 'address'],
  };
  const token = await signIn('conseiller');
  await world.request({ method: 'POST', path: '/enrolment/agent-oppositions', token, body });
}

/** Asks for a code at an address that gives its mail back. */
async function comeBack(department: string): Promise<void> {
  const row = someone(department);
  await dropPeople([{ ...row, email: `p${row.nir}@bounce.invalid` }]);
  const { nir, cardSerial, birthDate } = row;
  const body = { nir, cardSerial, birthDate };
  await world.request({ method: 'POST', path: '/enrolment/codes', body });
}

/**
 * Everything that the room does, once, with the clock hardly moved (unless `settle` moves it): import, update and move, a wave
 * with mails and letters, objections of all ends, a burnt code and its successor, an opening.
 */
export async function play(
  name: string,
  [home, elsewhere]: readonly [string, string],
  {
    settle = world.idle,
    daysAgo = 499,
    activates = false,
  }: {
    /** Waits for what failed and comes again. */
    readonly settle?: () => Promise<unknown>;
    /** When those were invited whose deadline has passed: a day that no other test uses. */
    readonly daysAgo?: number;
    /** Whether the one who waits activates his record, links another account to it, closes and reopens it; one objects by phone, and one's mail comes back. */
    readonly activates?: boolean;
  } = {},
) {
  const objecting = someone(home);
  const burnt = someone(home);
  const waiting = someone(home);
  const offline = someone(home, { email: '' });
  const moved = someone(elsewhere);
  const settled = { ...moved, department: home };
  const imports = [
    await dropPeople([objecting, burnt, waiting, offline, moved, someone(home, { sex: '?' })]),
  ];
  await settle();
  imports.push(await dropPeople([{ ...waiting, city: 'Florac' }, objecting]));
  await settle();
  // The day in Paris: late in the evening the one in UTC is past there already.
  const sendOn = parisDay(Date.parse(await world.now()));
  const planned = await world.request({
    ...{ method: 'PUT', path: `/enrolment/waves/${name}` },
    ...{ token: await signIn('campagne'), body: { sendOn, departments: [home] } },
  });
  await run('start-sending', settle);
  // Left to a letter with the wave, then with an address at last: he is counted elsewhere from now on.
  imports.push(await dropPeople([{ ...offline, email: `o${offline.nir}@example.org` }, settled]));
  await settle();
  await run('start-sending', settle);

  const yesterday = Date.parse(await world.now()) - day;
  const [unreachable] = await plant(1, {
    ...{ department: home, sentAt: yesterday, email: `${name}@refus.invalid` },
  });
  const stranger = async (from: string, times: number) => {
    for (let n = 0; n < times; n++) {
      await oppose(burnt, { code: wrongCode(await codeOf(burnt)), from });
      if (!unreachable) continue;
      const { nir, cardSerial, code } = unreachable;
      await oppose(burnt, { code: wrongCode(code), from, change: { nir, cardSerial } });
    }
  };
  const [code] = await codesOf(objecting);
  const objected = await oppose(objecting, { code: code ?? '' });
  const again = await oppose(objecting, { code: code ?? '' });
  const nobody = await oppose(someone(home), { code: code ?? '' });
  await stranger('127.20.1.1', 5);
  await stranger('127.20.2.1', 5);
  await settle();
  if (activates) await takeOver(waiting, `${name}-first`);
  // A new code is not sent within half a minute of the last.
  await world.move('+1m');
  const { nir, cardSerial, birthDate } = burnt;
  const asked = await world.request({
    ...{ method: 'POST', path: '/enrolment/codes', body: { nir, cardSerial, birthDate } },
  });
  if (activates) {
    const { nir, cardSerial, birthDate } = waiting;
    const body = { nir, cardSerial, birthDate };
    await world.request({ method: 'POST', path: '/enrolment/codes', body });
    await settle();
    await takeOver(waiting, `${name}-second`);
    await closeAndReopen(`${name}-second`);
    await objectByPhone(settled);
    await comeBack(home);
    await settle();
    // A bounce may be faster than the note that its mail was accepted: it comes again.
    await world.move('+10m');
  }
  await settle();

  const sentAt = Date.parse(await world.now()) - daysAgo * day;
  const due = await plant(3, { department: home, sentAt });
  await noteDeadline(due[0]?.deadlineAt ?? '');
  await run('start-opening', settle);
  return {
    imports,
    answers: {
      planned: planned.status,
      objected: objected.status,
      again: again.status,
      nobody: nobody.status,
      asked: asked.status,
    },
    people: { objecting, burnt, waiting, moved: settled },
    due,
    unreachable: unreachable?.holder ?? '',
  } satisfies Played;
}
