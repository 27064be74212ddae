import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import type { Operation } from '#shared/http/operation.ts';
import { restEvent } from '#test/support/runtime/rest-event.ts';
import type { TestWorld } from '#test/support/world.ts';
import { context, network } from '../in-process.ts';
import type { Says } from '../system.ts';
import type { Child, Parent } from './child.ts';

const choices = {
  visibility: 'visible',
  emergency: { breakGlass: 'permit', regulation: 'permit' },
} as const;

/** What parents do for a child, by the room's own operations in this process. */
export async function familyInProcess(world: TestWorld) {
  const { activateChild } = await import('#functions/enrolment/activate-child.ts');
  const { answerClosureWish } = await import('#functions/enrolment/answer-closure-wish.ts');
  const { answerInvitation } = await import('#functions/enrolment/answer-invitation.ts');
  const { close } = await import('#functions/enrolment/close.ts');
  const { inviteGuardian } = await import('#functions/enrolment/invite-guardian.ts');
  const { onRequestCode } = await import('#functions/enrolment/on-request-code.ts');
  const { oppose } = await import('#functions/enrolment/oppose.ts');
  const { loadCode, loadStatus } = await import('#functions/enrolment/person-store.ts');
  const { reopen } = await import('#functions/enrolment/reopen.ts');
  const { childTag } = await import('#functions/enrolment/tags.ts');
  const { findByGuardian } = await import('#shared/record/lookup.ts');
  const { theSecret } = await import('#shared/record/secrets.ts');
  const { take } = await import('../take.ts');

  interface Asking {
    readonly by?: Parent;
    readonly forChild?: boolean;
    readonly body?: unknown;
    readonly parameters?: Readonly<Record<string, string>>;
  }
  /** Asks as one of the parents, in the child's record unless said; `access` for every refusal of that kind. */
  async function ask(
    { handler, route }: Operation,
    child: Child,
    now: number,
    { by, forChild = true, body, parameters }: Asking,
  ): Promise<Says> {
    const signedInAt = new Date(now).toISOString();
    const event = restEvent(route.method, route.path, {
      ...(by ? { caller: { kind: 'holder', subject: child.parents[by].account, signedInAt } } : {}),
      ...(body ? { body } : {}),
      ...(parameters ? { parameters } : {}),
      at: now,
    });
    const acting = by && forChild ? { 'x-acting-for': child.holder } : {};
    const { requestContext, headers } = event;
    const identity = { ...requestContext.identity, sourceIp: network() };
    const asked = {
      ...event,
      headers: { ...headers, ...acting },
      requestContext: { ...requestContext, identity },
    };
    const answer = await handler(asked, context());
    if (answer.statusCode < 300) return 'ok';
    const code = String(JSON.parse(answer.body).code);
    return code.startsWith('access/') ? 'access' : code.replace('enrolment/', '');
  }
  const given = ({ row, code, parents }: Child) => ({
    ...{ nir: parents.mother.row.nir, cardSerial: row.cardSerial, code: code?.text ?? '' },
    child: { birthDate: row.birthDate, certifies: true },
  });

  return {
    async import(row: InsuredRow, now: number): Promise<string> {
      const { child, ...fields } = row;
      await take({ op: 'upsert', ...fields, ...child }, now);
      const { birthDate } = row;
      const guardianNir = child?.guardianNir ?? '';
      const tag = childTag(await theSecret('lookup'), { guardianNir, birthDate, rank: 1 });
      const found = await findByGuardian(tag);
      if (!found) throw new Error('an import of no child');
      return found.holder;
    },
    object: (child: Child, now: number) => ask(oppose, child, now, { body: given(child) }),
    activate: (child: Child, now: number) => {
      const body = { ...given(child), conditions: world.info.conditions, choices };
      return ask(activateChild, child, now, { by: 'mother', forChild: false, body });
    },
    inviteFather(child: Child, now: number) {
      const { nir, birthName, birthDate, givenNames } = child.parents.father.row;
      const [firstName = ''] = givenNames.split(',');
      const body = { nir, birthName, birthDate, firstName };
      return ask(inviteGuardian, child, now, { by: 'mother', body });
    },
    async answerMother(child: Child, now: number, accepts: boolean) {
      const status = await loadStatus(child.holder);
      const invitation = status && 'second' in status ? (status.second?.invitation ?? '') : '';
      const body = { accepts, certifies: accepts };
      const by = { by: 'father', forChild: false } as const;
      return ask(answerInvitation, child, now, { ...by, body, parameters: { invitation } });
    },
    close: (child: Child, now: number, by: Parent, deletion: boolean) =>
      ask(close, child, now, { by, body: { confirm: true, deletion } }),
    async answerWish(child: Child, now: number, by: Parent, agrees: boolean) {
      const status = await loadStatus(child.holder);
      const standing = status && 'closing' in status ? status.closing?.reference : undefined;
      // A deletion that has begun knows of no wish, whichever is named.
      const wish = standing ?? '0'.repeat(26);
      return ask(answerClosureWish, child, now, { by, body: { agrees }, parameters: { wish } });
    },
    reopen: (child: Child, now: number, by: Parent) => ask(reopen, child, now, { by }),
    /** A majority asks for a code in the young adult's name. */
    async answerRequests({ holder }: Child, now: number) {
      const seq = (await loadCode(holder))?.requested;
      if (seq !== undefined) await onRequestCode({ holder, seq }, () => now);
    },
    /** The newest code about the child: mailed to the mother until his birthday, then to himself. */
    async mailedCode({ row, adultAt, parents }: Child, now: number) {
      const grown = now >= adultAt;
      const [name = ''] = row.givenNames.split(',');
      const mails = await world.mails({ to: grown ? row.email : parents.mother.row.email });
      return mails
        .filter(({ text }) => grown || text.includes(`votre enfant ${name}`))
        .flatMap(({ text }) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? [])
        .at(-1);
    },
  };
}
export type FamilySystem = Awaited<ReturnType<typeof familyInProcess>>;
