import { operation } from '#shared/http/operation.ts';
import { letterPage } from './pages/letter.ts';
import { pageHeaders } from './pages/page.ts';
import { routes } from './routes.ts';
import { sender } from './sender.ts';

/** The page behind the QR code of a letter (ENR-1): the same for everybody. */
export const readLetterPage = operation(routes.readLetterPage, async () => ({
  status: 200,
  headers: pageHeaders,
  body: letterPage(sender),
}));
