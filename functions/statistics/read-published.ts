import { operation } from '#shared/http/operation.ts';
import { cellOf } from './cells.ts';
import { explanation } from './explanation.ts';
import { cachingOf, loadPublished } from './published.ts';
import { routes } from './routes.ts';

export const readPublished = operation(routes.readPublished, async ({ query }) => {
  const { edition, publishedAt, asOf, shown, periods } = await loadPublished(query.edition);
  const cells = shown.map(cellOf);
  return {
    status: 200,
    headers: cachingOf(query.edition),
    body: { edition, publishedAt, asOf, explanation, cells, days: periods },
  };
});
