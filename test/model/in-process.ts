import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { Refusal } from '#shared/kernel/refusal.ts';
import { restEvent } from '#test/support/runtime/rest-event.ts';
import type { TestWorld } from '#test/support/world.ts';
import type { Person } from './person.ts';
import type { Says, System } from './system.ts';

/** Of a row of somebody new, who is nobody's child. */
const nobody = { own: undefined, asChild: undefined, guardian: undefined };

const choices = {
  visibility: 'visible',
  emergency: { breakGlass: 'permit', regulation: 'permit' },
} as const;

/** What somebody was told: the reason of a refusal, whatever else happened goes on as it is. */
async function says(act: () => Promise<unknown>): Promise<Says> {
  try {
    const told = await act();
    return typeof told === 'string' ? told : 'ok';
  } catch (error) {
    if (error instanceof Refusal) return error.code.replace('enrolment/', '');
    throw error;
  }
}

let networks = 0;
/** A network that nobody tried from before. */
export function network(): string {
  networks += 1;
  return `${1 + ((networks >> 16) & 127)}.${(networks >> 8) & 255}.${networks & 255}.7`;
}

/** The room's own handlers in this process, on the engines of a world. Import it once the environment is set. */
export async function inProcess(world: TestWorld): Promise<System> {
  const { addition } = await import('#functions/enrolment/import-person.ts');
  const { sendInvitation } = await import('#functions/enrolment/send-invitation.ts');
  const { onBounce } = await import('#functions/enrolment/on-bounce.ts');
  const { onBurnCode } = await import('#functions/enrolment/on-burn-code.ts');
  const { onRequestCode } = await import('#functions/enrolment/on-request-code.ts');
  const { object } = await import('#functions/enrolment/object.ts');
  const { opposeByAgent } = await import('#functions/enrolment/oppose-by-agent.ts');
  const { request } = await import('#functions/enrolment/request-code.ts');
  const { begin } = await import('#functions/enrolment/begin-activation.ts');
  const { confirm } = await import('#functions/enrolment/confirm-activation.ts');
  const { closeOwn } = await import('#functions/enrolment/close.ts');
  const { reopenOwn } = await import('#functions/enrolment/reopen.ts');
  const { openDue } = await import('#functions/enrolment/open-shard.ts');
  const { deletePerson } = await import('#functions/enrolment/delete-person.ts');
  const { loadCode, loadStatus } = await import('#functions/enrolment/person-store.ts');
  const { tagOf } = await import('#functions/enrolment/rules/judge-bounce.ts');
  const { openingShards } = await import('#functions/enrolment/due.ts');
  const { onBeginDeletion } = await import('#functions/documents/on-begin-deletion.ts');
  const { onDeletion } = await import('#functions/notices/on-deletion.ts');
  const { findByNir } = await import('#shared/record/lookup.ts');
  const { secretMade } = await import('#shared/record/secrets.ts');
  const { nirTag } = await import('#shared/record/tags.ts');
  const { transact, untilUnrivalled } = await import('#shared/aws/transact.ts');
  const { killedAt } = await import('#test/enrolment/races/killed-at.ts');
  const { take } = await import('./take.ts');
  const { onEndTrace } = await import('#functions/journal/on-end-trace.ts');
  const { stands } = await import('./stands.ts');
  await Promise.all([secretMade('lookup'), secretMade('pepper')]);
  const { conditions } = world.info;
  const facts = ({ row }: Person) => ({ nir: row.nir, cardSerial: row.cardSerial });
  const addressOf = ({ row }: Person) => `neuf-${row.nir}@exemple.invalid`;
  const caller = (account: string, now: number) =>
    ({ kind: 'holder', subject: account, signedInAt: new Date(now).toISOString() }) as const;
  const shards = Array.from({ length: openingShards }, (_, shard) => shard);
  const clockAt = (now: number) => () => now;

  return {
    async import(row: InsuredRow, now) {
      const key = await secretMade('lookup');
      const tag = nirTag(key, row.nir);
      const play = { file: 'model', import: 'model' };
      // Done again as a window of a file is, whatever the door does.
      await untilUnrivalled(async () =>
        transact(await addition({ row, nirTag: tag, rowTag: 'model' }, nobody, { key, now, play })),
      );
      const found = await findByNir(tag);
      if (!found) throw new Error('an import of nobody');
      return found.holder;
    },
    invite: ({ holder }, now) =>
      says(() => sendInvitation({ holder, wave: 'model', lane: 'model', clock: clockAt(now) })),
    async bounce({ holder, code }, now) {
      if (!code) return 'ok';
      return says(() => onBounce(tagOf({ holder, generation: code.generation }), now));
    },
    async object(person, now, code) {
      const body = { ...facts(person), code };
      const asked = { body, receivedAt: now, now, sourceIp: network(), idempotencyKey: undefined };
      const told = await says(() => object(asked));
      await onBurnCode(person, clockAt(now));
      return told;
    },
    async bring({ row, holder }, now, madeAt) {
      const event = restEvent('POST', '/enrolment/agent-oppositions', {
        // An hour of an agent takes a hundred and twenty: each person has his own.
        caller: { kind: 'agent', subject: `agent-${holder}`, role: 'desk' },
        body: {
          ...{ nir: row.nir, birthDate: row.birthDate, channel: 'desk' },
          ...{ madeOn: new Date(madeAt).toISOString(), checks: ['identity-paper'] },
        },
        at: now,
      });
      const { statusCode, body } = await opposeByAgent.handler(event, context());
      return statusCode === 201 ? 'ok' : String(JSON.parse(body).code).replace('enrolment/', '');
    },
    async request(person, now) {
      const body = { ...facts(person), birthDate: person.row.birthDate };
      await request({ body, receivedAt: now, now, sourceIp: network() });
      const seq = (await loadCode(person.holder))?.requested;
      if (seq !== undefined) await onRequestCode({ holder: person.holder, seq }, clockAt(now));
      return 'ok';
    },
    activate: (person, now, account) =>
      says(async () => {
        const given = { ...facts(person), code: person.code?.text ?? '0000-0000-0000' };
        const body = { ...given, conditions, choices, email: addressOf(person) };
        const asked = { body, subject: account, receivedAt: now, now, sourceIp: network() };
        const { activation } = await begin(asked);
        const mails = await world.mails({ to: addressOf(person) });
        const digits = mails.flatMap(({ text }) => /^ {4}(\d{6})$/m.exec(text)?.[1] ?? []);
        const otp = digits.at(-1) ?? '';
        await confirm({ activation, otp, subject: account, receivedAt: now, now });
      }),
    close: (person, now, deletion) =>
      says(() =>
        closeOwn({
          ...{ body: { confirm: true, deletion }, receivedAt: now },
          caller: caller(person.account ?? `nobody-${person.holder}`, now),
        }),
      ),
    reopen: (person, now) =>
      says(() =>
        reopenOwn({
          caller: caller(person.account ?? `nobody-${person.holder}`, now),
          receivedAt: now,
        }),
      ),
    nameAgain: ({ row }, now) => take({ op: 'upsert', ...row }, now),
    join: (op, { from, into }, now) => take({ op, from: from.row.nir, into: into.row.nir }, now),
    async sweep(deadlines, now) {
      for (const deadline of deadlines) {
        const deadlineAt = new Date(deadline).toISOString();
        await openDue({ deadlineAt, shards, clock: clockAt(now) });
      }
    },
    async erase({ holder }, now) {
      const status = await loadStatus(holder);
      // The rooms hear of it later than it begins, also where who begins it dies and does it again.
      if (status?.status === 'deleting' && Date.parse(status.begunAt) < now) {
        const fact = { holder, begunSeq: status.begunSeq };
        await onBeginDeletion(fact, clockAt(now));
        await onDeletion({ holder, seq: status.begunSeq }, clockAt(now));
      }
      if (status?.status === 'deleted') await onEndTrace(holder);
      await deletePerson(holder, clockAt(now), () => undefined);
    },
    async mailedCode({ row }) {
      const mails = await world.mails({ to: row.email });
      const codes = mails.flatMap(
        ({ text }) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text) ?? [],
      );
      return codes.at(-1);
    },
    stands,
    dying: async (n, act) => (await killedAt(n, act)).died,
  };
}

/** What Lambda tells of an invocation, as far as anybody looks. */
export function context() {
  return {
    ...{ awsRequestId: crypto.randomUUID(), functionName: 'model', functionVersion: '1' },
    ...{
      invokedFunctionArn: 'arn',
      memoryLimitInMB: '1024',
      logGroupName: 'l',
      logStreamName: 's',
    },
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => 20_000,
    ...{ done: () => undefined, fail: () => undefined, succeed: () => undefined },
  };
}
