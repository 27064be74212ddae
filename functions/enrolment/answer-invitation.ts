import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { operation } from '#shared/http/operation.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { newId } from '#shared/random.ts';
import { childHint } from '#shared/record/guardians.ts';
import { invitationsOf } from './invitations-of.ts';
import { append, record } from './lines.ts';
import { statusWrite } from './person-store.ts';
import { guardianRoutes as routes } from './routes-guardians.ts';
import { guardiansOf } from './rules/judge-child.ts';
import { judgeAnswer } from './rules/judge-second.ts';
import { refuse } from './rules.ts';
import type { Activated } from './stored.ts';

/** Accepts or refuses to be a child's second guardian. Who accepts certifies that he is a legal representative. */
export const answerInvitation = operation(routes.answerInvitation, async (asked) => {
  const { body, params, caller, receivedAt } = asked;
  const at = new Date(receivedAt).toISOString();
  const accepts = body.accepts && body.certifies;
  const id = newId();
  return untilUnrivalled(async () => {
    const { guardian, names, invited } = await invitationsOf(caller, receivedAt);
    const found = invited.find(({ second }) => second.invitation === params.invitation);
    if (!found) throw refuse('unknown-invitation');
    const { status, second } = found;
    const guardians = guardiansOf(status);
    const verdict = judgeAnswer({ second, guardians, names, accepts, at });
    if (verdict === 'unknown-invitation' || verdict === 'two-guardians') throw refuse(verdict);
    const told = { status: 200, body: { status: accepts ? 'VALIDATED' : 'REFUSED' } };
    if (verdict === 'repeat') return told;
    const to: Activated = {
      ...status,
      second: { ...second, state: accepts ? 'accepted' : 'refused' },
      guardians: accepts ? [...guardians, { holder: guardian, since: at }] : [...guardians],
    };
    const { next, line } = append<Activated>(to, status.holder, {
      ...{ id, at: receivedAt, actor: { kind: 'guardian', id: guardian }, channel: 'web' },
      action: accepts ? 'enrolment/join-guardian' : 'enrolment/refuse-guardianship',
      object: record(status, {}),
      onBehalfOf: status.holder,
    });
    await transact([
      statusWrite(next, status.version),
      journalWrite(line),
      // The one that he was found by goes with the invitation.
      ...(accepts ? [childHint({ guardian, child: status.holder })] : []),
    ]);
    return told;
  });
});
