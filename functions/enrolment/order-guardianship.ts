import type { Actions } from '#shared/aws/transact.ts';
import { env, json } from '#shared/env.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { isMinor } from '#shared/kernel/majority.ts';
import { parseNir } from '#shared/kernel/nir.ts';
import { newId } from '#shared/random.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { loadStanding, namesOf } from '#shared/record/standing.ts';
import { nirTag } from '#shared/record/tags.ts';
import { actOnNamed } from './act-on-named.ts';
import { actingOf } from './acting-guardians.ts';
import { agentReached } from './agents.ts';
import { type Act, append, record } from './lines.ts';
import { codeVoid, statusWrite } from './person-store.ts';
import { agentRoutes as routes } from './routes-agents.ts';
import { DeletionDelays } from './rules/deletion-delays.ts';
import { deletionStopped, whoMayStop } from './rules/deletion-stopped.ts';
import { givenBack, lifted, missingSights, withdrawnByAll } from './rules/judge-guardianship.ts';
import { isUnrepresented } from './rules/unrepresented.ts';
import { refuse } from './rules.ts';
import type { GuardianshipRequest } from './schema-guardianship.ts';
import type { Status } from './stored.ts';
import { withheldWrite } from './withheld-store.ts';

const { DELETION_DELAYS: delays } = env({ DELETION_DELAYS: json(DeletionDelays) });

/**
 * Changes who may act for a child, on papers that an agent has seen (ENR-23, MIN-2). Counts on his hour as an
 * objection does, and stands with his name in the child's journal. What is so already is answered alike.
 */
export const orderGuardianship = operation(
  routes.orderGuardianship,
  async ({ body, caller, receivedAt, now }) => {
    const agent = agentReached(body.channel, caller, ['adviser-3422']);
    const missing = missingSights(body, parisDay(receivedAt));
    if (missing.length > 0)
      throw refuse('checks-missing', {
        missing: missing.map((group) => group.join(' / ')).join(', '),
      });
    const action = actions[body.order];
    const id = newId();
    const answer = { status: 'done' } as const;
    await actOnNamed({ body, agent, action, receivedAt, now }, async (status) => {
      const names = body.order === 'lift-block' ? [] : await named(body);
      if (!status.child || !names) return { is: 'told', reason: 'unknown-person' };
      // Of age he has no guardians any more, and his mail is his own.
      if (names.length > 0 && !isMinor(status.child, receivedAt))
        return { is: 'told', reason: 'unknown-person' };
      const to = ordered(status, { order: body.order, names, at: receivedAt });
      if (to === 'not-withdrawn') return { is: 'told', reason: to };
      if (to === 'repeat') return { is: 'repeat', answer };
      const [guardian] = names;
      const by = { at: receivedAt, actor: actorOf(agent), channel: body.channel };
      const { next, line } = append(to, status.holder, {
        ...{ id, ...by, action },
        // Whom it concerns, by his pseudonym: he is told, too.
        object: { ...record(status, {}), ...(guardian === undefined ? {} : { id: guardian }) },
        onBehalfOf: status.holder,
      });
      const stopped = body.order === 'withdraw' ? await withoutDeletion(next, by) : undefined;
      const writes = [
        statusWrite(stopped?.next ?? next, status.version),
        ...[line, ...(stopped ? [stopped.line] : [])].map(journalWrite),
      ];
      return { is: 'change', writes: [...writes, ...voided(status, to, receivedAt)], answer };
    });
    return { status: 200, body: answer };
  },
);

const actions = {
  'lift-block': 'enrolment/lift-block',
  withdraw: 'enrolment/withdraw-guardian',
  restore: 'enrolment/restore-guardian',
} as const;

/** What becomes of a child's record by an order; `repeat` where it is so already. */
function ordered(
  status: Status,
  by: { order: GuardianshipRequest['order']; names: readonly string[]; at: number },
): Status | 'repeat' | 'not-withdrawn' {
  switch (by.order) {
    case 'lift-block':
      return lifted(status) ?? 'repeat';
    case 'withdraw':
      return withdrawnByAll(status, by.names, by.at) ?? 'repeat';
    case 'restore':
      return givenBack(status, by.names);
  }
}

/**
 * What the order makes of a deletion that was only asked for, with its line: who asked may have lost the right to, so it
 * does not go on where nobody is left who could take it back (MIN-2). Undefined where it stands, or there is none.
 */
async function withoutDeletion(status: Status, by: Pick<Act, 'at' | 'actor' | 'channel'>) {
  const acting = await actingOf(whoMayStop(status) ?? []);
  const to = deletionStopped(status, acting, delays);
  if (!to) return undefined;
  const isMove = to.status !== status.status;
  return append(to, status.holder, {
    ...{ id: newId(), ...by, action: 'enrolment/stop-deletion' },
    object: record(status, isMove ? { from: status.status, to: to.status } : {}),
    onBehalfOf: status.holder,
  });
}

/** Of a child whose mail went to him until now: the codes that he has are void, and a letter in print is not to be posted. */
function voided(before: Status, to: Status, at: number): Actions {
  if (!isUnrepresented(to, at) || isUnrepresented(before, at)) return [];
  const { holder, letter } = before;
  const isInPrint = letter !== undefined && letter.postedOn === undefined;
  return [codeVoid(holder), ...(isInPrint ? [withheldWrite(letter)] : [])];
}

/** By which names we know him whose authority is taken or given back; undefined for nobody we know. */
async function named({ guardianNir }: { readonly guardianNir: string }) {
  const read = parseNir(guardianNir);
  const tag = nirTag(await secretOrNobodys('lookup'), read.ok ? read.nir : '');
  const holder = (await findByNir(tag))?.holder;
  if (holder === undefined) return undefined;
  const standing = await loadStanding(holder);
  return standing ? namesOf(standing) : [holder];
}
