import * as z from 'zod';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { env } from '#shared/env.ts';
import type { SignedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { actorOf } from '#shared/journal/actor-of.ts';
import { journalWrite } from '#shared/journal/write.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { idOf } from '#shared/kernel/ids.ts';
import {
  type AssistedSession,
  type AssistedToken,
  assistedToken,
  endWrite,
  isRunning,
  loadAssisted,
  loadOfAgent,
  openWrites,
  postOf,
  secretHashOf,
} from '#shared/record/assisted.ts';
import { secretOrNobodys } from '#shared/record/secrets.ts';
import { fingerprint } from '#shared/sealing/secrets.ts';
import { agentAs } from './agents.ts';
import { recordOfSession, sessionEnded } from './assisted-end.ts';
import { type Attempting, lineOf, revised, tell } from './attempt.ts';
import { identify, readClaimed } from './identify.ts';
import { append, record } from './lines.ts';
import { codeWrite, statusWrite } from './person-store.ts';
import { recognised } from './recognised.ts';
import { assistedRoutes as routes } from './routes-assisted.ts';
import { judgeAssisted, missingAssistedChecks } from './rules/judge-assisted.ts';
import { refuse } from './rules.ts';
import type { AssistedOpened, AssistedRequest } from './schema-assisted.ts';
import type { Status } from './stored.ts';
import type { Code } from './stored-code.ts';
import { agentTag } from './tags.ts';

const { ASSISTED_SECONDS: seconds } = env({
  ASSISTED_SECONDS: z.coerce.number().int().min(60).max(7200),
});

interface Opening {
  readonly body: AssistedRequest;
  readonly receivedAt: number;
  readonly now: number;
  readonly sourceIp: string;
}

export const openAssistedSession = operation(routes.openAssistedSession, async (asked) => {
  const agent = agentAs(['desk'], asked.caller);
  const missing = missingAssistedChecks(asked.body.checks, parisDay(asked.receivedAt));
  if (missing.length > 0) throw refuse('checks-missing', { missing: missing.join(', ') });
  return { status: 201, body: await open(asked, agent) };
});

/**
 * Opens a holder's own session at a counter, with his NIR, card and code: judged and counted as any attempt. The
 * session is for reading, ends after some minutes or with the adviser's next one, and its code has served. The same
 * request again while it runs gets the same token, which is kept nowhere.
 */
async function open(asked: Opening, agent: SignedIn): Promise<AssistedOpened> {
  const { body, sourceIp, receivedAt, now } = asked;
  const claimed = await identify({ nir: body.nir, sourceIp, receivedAt });
  const attempting: Attempting = {
    ...{ claimed, receivedAt, now, actor: actorOf(agent), channel: 'desk' },
    action: 'enrolment/open-assisted-session',
  };
  return untilUnrivalled(async () => {
    const stored = await readClaimed(claimed);
    const who = await recognised(attempting, stored, body);
    const { status, code } = who;
    const token = await tokenFor(status.holder, code.generation, agent.subject);
    const again = await loadAssisted(token.session);
    if (again && isRunning(again, now)) return told(token, again);
    const verdict = judgeAssisted({ ...who, receivedAt: new Date(receivedAt).toISOString() });
    if (verdict !== 'open') {
      await tell(attempting, stored, verdict);
      throw refuse(verdict);
    }
    return write(asked, attempting, { agent, status, code: stored.code, token });
  });
}

/** Nobody can make it without our pepper, and the same code at the same adviser always makes the same. */
async function tokenFor(holder: string, generation: number, agent: string): Promise<AssistedToken> {
  const pepper = await secretOrNobodys('pepper');
  const words = [holder, String(generation), agent];
  const id = fingerprint(pepper, 'assisted session', ...words);
  return {
    session: idOf(Buffer.from(id, 'base64url')),
    secret: fingerprint(pepper, 'assisted secret', ...words),
  };
}

async function write(
  { receivedAt, now, sourceIp }: Opening,
  attempting: Attempting,
  of: { agent: SignedIn; status: Status; code: Code | undefined; token: AssistedToken },
): Promise<AssistedOpened> {
  const { agent, status, code, token } = of;
  if (!code) throw new Error('a code that was recognised and is not there');
  const { secret, session: id } = token;
  const session: AssistedSession = {
    ...{ session: id, holder: status.holder, structure: agent.structure ?? agent.subject },
    ...{ secretHash: secretHashOf(secret), post: postOf(secret, sourceIp) },
    openedAt: new Date(receivedAt).toISOString(),
    endsAt: new Date(now + seconds * 1000).toISOString(),
  };
  const tag = agentTag(attempting.claimed.key, agent.subject);
  const before = await loadOfAgent(tag);
  const running = before === undefined ? undefined : await loadAssisted(before);
  const ended = running && isRunning(running, now) ? running : undefined;
  const former = ended && (await recordOfSession(ended.holder));
  const isSame = former?.holder === status.holder;
  // Of one person both lines stand in one chain, the end before the beginning.
  const end = former && sessionEnded(isSame ? status : former, { ...attempting, receivedAt });
  const { next, line } = append(isSame && end ? end.next : status, status.holder, {
    ...lineOf(attempting),
    object: record(status, {}),
    action: attempting.action,
  });
  await transact([
    ...openWrites(session, { agentTag: tag, before }),
    ...(ended ? [endWrite(ended.session, session.openedAt)] : []),
    ...(end ? [journalWrite(end.line)] : []),
    ...(end && !isSame ? [statusWrite(end.next, former.version)] : []),
    codeWrite(revised(code, { usedAt: new Date(now).toISOString() }), code.revision),
    statusWrite(next, status.version),
    journalWrite(line),
  ]);
  return told(token, session);
}

const told = (token: AssistedToken, { session, endsAt }: AssistedSession): AssistedOpened => ({
  ...{ session, token: assistedToken(token), endsAt },
});
