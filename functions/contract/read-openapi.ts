import { readFile } from 'node:fs/promises';
import { operation } from '#shared/http/operation.ts';
import { routes } from './routes.ts';

/** Made from the routes at build time; it lies beside the bundle. */
const document = new URL('./openapi.json', import.meta.url);

export const openapi = operation(routes.openapi, async () => ({
  status: 200,
  body: await readFile(document, 'utf8'),
}));
