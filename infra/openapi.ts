import type { Entry } from './entries.ts';

/** The documented contract, OpenAPI 3.1, from the routes. */
export function openApi(entries: readonly Entry[]): Readonly<Record<string, unknown>> {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const { room, routes } of entries) {
    for (const route of routes) {
      paths[route.path] = {
        ...paths[route.path],
        [route.method.toLowerCase()]: {
          operationId: `${room}-${route.name}`,
          summary: route.summary,
        },
      };
    }
  }
  return { openapi: '3.1.0', info: { title: 'Mon espace santé', version: '1' }, paths };
}
