import { streamed } from '#shared/http/streamed.ts';
import { agentAs } from './agents.ts';
import { openLetters } from './letters-bucket.ts';
import { letterRoutes as routes } from './routes-letters.ts';
import { refuse } from './rules.ts';
import { givenOut } from './told-batch.ts';

/** The sheets of a batch, for the print shop: names, addresses and codes stand here and nowhere else in clear. */
export const readLetters = streamed(routes.readLetters, async ({ params: { batch }, caller }) => {
  agentAs(['print-shop'], caller);
  const body = await openLetters(await givenOut(batch));
  if (!body) throw refuse('batch-gone');
  return {
    status: 200,
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': `attachment; filename="${batch}.pdf"`,
    },
    body,
  };
});
