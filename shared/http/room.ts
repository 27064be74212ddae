import type { Context } from 'aws-lambda';
import * as z from 'zod';
import type { RestAnswer } from './event.ts';
import { told } from './every-answer.ts';
import type { Operation } from './operation.ts';
import { problemOf, request } from './problem.ts';

const Found = z.object({ httpMethod: z.string(), resource: z.string() });

/** A room's handler: finds the operation by method and path of the route. */
export function room(...operations: readonly Operation[]) {
  const byRoute = new Map(
    operations.map((operation) => [`${operation.route.method} ${operation.route.path}`, operation]),
  );
  return async (event: unknown, context: Context): Promise<RestAnswer> => {
    const { httpMethod, resource } = Found.parse(event);
    const operation = byRoute.get(`${httpMethod} ${resource}`);
    // The gateway only passes on declared routes; this is a second net.
    return operation ? operation.handler(event, context) : told(problemOf(request('not-found')));
  };
}
