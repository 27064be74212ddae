import { operation } from '#shared/http/operation.ts';
import { newId } from '#shared/random.ts';
import { objectionPage } from './pages/objection.ts';
import { pageHeaders } from './pages/page.ts';
import { routes } from './routes.ts';
import { ObjectionForm, type Whose } from './schema.ts';
import { sender } from './sender.ts';

/** An empty form, with a key of its own: sent twice it has one effect. */
const empty = (whose: Whose) => async () => ({
  status: 200,
  headers: pageHeaders,
  body: objectionPage({ whose, form: ObjectionForm.parse({ key: newId() }), wrong: {} }, sender),
});

export const readObjectionForm = operation(routes.readObjectionForm, empty('self'));
export const readChildForm = operation(routes.readChildForm, empty('child'));
