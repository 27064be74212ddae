import { readCursor, writeCursor } from '#shared/http/cursor.ts';
import { operation } from '#shared/http/operation.ts';
import { agentAs } from './agents.ts';
import { listContested } from './contest-pages.ts';
import { stopRoutes as routes } from './routes-stops.ts';
import type { Contested } from './rules/contested.ts';
import type { ContestedSuspension } from './schema-stops.ts';

/**
 * The suspensions that wait for a decision (ENR-45), oldest objection first, for who may decide. It shows nobody's name: the
 * reference is enough to decide by.
 */
export const listSuspensions = operation(
  routes.listSuspensions,
  async ({ query: { cursor, limit = 20 }, caller }) => {
    agentAs(['supervisor'], caller);
    const { contested, next } = await listContested({ after: readCursor(cursor), limit });
    return { status: 200, body: { suspensions: contested.map(asTold), ...writeCursor(next) } };
  },
);

const asTold = ({ suspension, suspendedAt, objectedAt, department }: Contested) =>
  ({ ...suspension, suspendedAt, objectedAt, department }) satisfies ContestedSuspension;
