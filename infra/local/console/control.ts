import * as z from 'zod';
import type { Ran } from '#infra/local/clock/move.ts';
import { instantOf } from '#infra/local/clock/world-clock.ts';
import { Fault, type Faults } from '#infra/local/door/faults.ts';
import type { Ledger } from '#infra/local/door/ledger.ts';
import type { Permission } from '#infra/local/door/rights.ts';
import type { MailEngine, TextEngine } from '#infra/local/engines/engine.ts';
import type { Holds } from '#infra/local/gateway/holds.ts';
import type { Tally } from '#infra/local/gateway/tally.ts';
import { NotIdle } from '#infra/local/world/idle.ts';
import type { WorldInfo } from '#infra/local/world/info.ts';
import type { Runtime } from '#infra/local/world/runtime.ts';
import { ConsoleRefusal, type ConsoleRoutes, Page } from './routes.ts';

export interface ControlSettings {
  readonly info: () => WorldInfo;
  readonly firstPage: () => string;
  readonly now: () => number;
  readonly move: (to: number, leap: boolean) => Promise<Ran[]>;
  readonly idle: () => Promise<void>;
  readonly mail: MailEngine;
  readonly sms: TextEngine;
  readonly faults: Faults;
  readonly ledger: Ledger;
  readonly held: () => readonly Permission[];
  readonly holds: Holds;
  readonly tally: Tally;
  readonly runtime: Runtime;
}

const Move = z.strictObject({ to: z.string(), leap: z.boolean().default(false) });
const Label = z.strictObject({ test: z.string() });
const Weigh = z.strictObject({ exactly: z.boolean() });
const Shorten = z.strictObject({ remainingMs: z.int().min(1), times: z.int().min(0).default(1) });
const Hold = z.strictObject({ path: z.string().startsWith('/') });
const InboxQuery = z.object({
  to: z.string().optional(),
  page: z.coerce.number().optional().catch(undefined),
  id: z.coerce.number().int().optional().catch(undefined),
  vue: z.string().optional(),
});
const MailQuery = z.object({
  to: z.string().optional(),
  after: z.coerce.number().optional(),
  limit: z.coerce.number().optional(),
});

/** The JSON control API of the world at home, and its pages. */
export function controlRoutes(settings: ControlSettings): ConsoleRoutes {
  const { info, now, mail, sms, faults, ledger, holds, runtime } = settings;
  const poolOf = (functionId: string) => {
    const pool = runtime.byId(functionId);
    if (pool === undefined) throw new ConsoleRefusal(404, `No function is called ${functionId}`);
    return pool;
  };
  const iso = () => new Date(now()).toISOString();
  return {
    'GET /': () => new Page(settings.firstPage()),
    'GET /world.json': () => info(),
    'GET /clock': () => ({ now: iso() }),
    'POST /clock': async ({ body }) => {
      const { to, leap } = Move.parse(body);
      const instant = instantOf(to, now());
      if (instant === undefined)
        throw new ConsoleRefusal(
          400,
          `Not an instant: ${to}. Known: +10y, +42d, +6h, +90m, 2022-03-21, 2022-03-21T22:59:59Z.`,
        );
      const ran = await settings.move(instant, leap).catch(asRefusal);
      return { now: iso(), ran };
    },
    'POST /idle': async () => {
      await settings.idle().catch(asRefusal);
      return { idle: true, now: iso() };
    },
    'GET /mail': ({ query }) => {
      const { to, page, id, vue } = InboxQuery.parse(
        Object.fromEntries([...query].filter(([, value]) => value !== '')),
      );
      return new Page(mail.inboxPage({ to, page, id, asText: vue === 'texte' }));
    },
    'GET /mail.json': ({ query }) => {
      const { to, after, limit } = MailQuery.parse(
        Object.fromEntries([...query].filter(([, value]) => value !== '')),
      );
      const mails = mail.list({
        ...(to && { to }),
        ...(after && { after }),
        ...(limit && { limit }),
      });
      return mails.map((one) => ({ ...one, to: one.to.join(', ') }));
    },
    'GET /sms': ({ query }) => new Page(sms.inboxPage({ to: query.get('to') || undefined })),
    'GET /sms.json': ({ query }) => {
      const { to, after, limit } = MailQuery.parse(
        Object.fromEntries([...query].filter(([, value]) => value !== '')),
      );
      return sms.list({ ...(to && { to }), ...(after && { after }), ...(limit && { limit }) });
    },
    'POST /faults': ({ body }) => ({ id: faults.plant(Fault.parse(body)) }),
    'GET /faults': () =>
      faults.list().map(({ id, fault, seen, fired }) => ({ id, ...fault, seen, fired })),
    'DELETE /faults': () => faults.clear(),
    'GET /counts': () => ledger.counts(),
    'POST /counts': ({ body }) => ledger.weigh(Weigh.parse(body).exactly),
    'DELETE /counts': () => ledger.forgetCounts(),
    'POST /label': ({ body }) => ledger.label(Label.parse(body).test),
    'GET /permissions': () => settings.held(),
    'GET /exercised': () => ledger.exercised(),
    'GET /refused': () => ledger.refused(),
    'DELETE /refused': () => ledger.forgetRefused(),
    'GET /answers': () => settings.tally.list(),
    'GET /gateway/hold': () => holds.list(),
    'POST /gateway/hold': ({ body }) => ({ hold: holds.hold(Hold.parse(body).path) }),
    'DELETE /gateway/hold': () => holds.release(),
    'GET /functions': () =>
      runtime.pools.map(({ fn, busy, coldStarts }) => ({
        id: fn.id,
        busy: busy(),
        deadLetterArn: fn.deadLetterArn,
        coldStartsMs: coldStarts().map(Math.round),
      })),
    'POST /shorten/*': ({ rest, body }) => {
      const { remainingMs, times } = Shorten.parse(body);
      poolOf(rest).shorten(remainingMs, times);
    },
    'POST /invoke/*': async ({ rest, body, query }) => {
      const pool = poolOf(rest);
      const isAwaited = query.get('type') !== 'Event';
      const outcome = isAwaited
        ? await pool.invoke(body ?? {})
        : await runtime.invokeAsync(pool.fn.arn, body ?? {});
      return outcome.ok ? { result: outcome.result } : { error: outcome.error };
    },
  };
}

function asRefusal(cause: unknown): never {
  if (cause instanceof NotIdle) throw new ConsoleRefusal(504, cause.message);
  throw cause;
}
