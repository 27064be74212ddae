import { streamed } from '#shared/http/streamed.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import { openSheets } from './sheets-bucket.ts';
import { agentAs, givenOut } from './told-batch.ts';

/** The sheets of a batch, for the print shop: names and addresses stand here and nowhere else in clear. */
export const readSheets = streamed(routes.readSheets, async ({ params: { batch }, caller }) => {
  agentAs(['print-shop'], caller);
  const body = await openSheets(await givenOut(batch));
  if (!body) throw refuse('batch-gone');
  return {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="avis-${batch}.pdf"`,
    },
    body,
  };
});
