import { operation } from '#shared/http/operation.ts';
import { cellOf } from './cells.ts';
import { cachingOf, loadPublished } from './published.ts';
import { routes } from './routes.ts';
import { daysCsv, situationsCsv } from './rules/csv.ts';

export const readPublishedTable = operation(routes.readPublishedTable, async ({ query }) => {
  const { edition, shown, periods } = await loadPublished(query.edition);
  const { table } = query;
  const body = table === 'days' ? daysCsv(periods) : situationsCsv(edition, shown.map(cellOf));
  const named = `attachment; filename="statistiques-${table}-${edition}.csv"`;
  return {
    status: 200,
    headers: { ...cachingOf(query.edition), 'content-disposition': named },
    body,
  };
});
