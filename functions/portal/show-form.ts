import { operation } from '#shared/http/operation.ts';
import { newId } from '#shared/random.ts';
import { askCodePage } from './pages/ask-code.ts';
import { objectionPage } from './pages/objection.ts';
import { pageHeaders } from './pages/page.ts';
import { routes } from './routes.ts';
import { CodeForm, ObjectionForm, type Whose } from './schema.ts';
import { sender } from './sender.ts';

/** An empty form, with a key of its own: sent twice it has one effect. */
const empty = (whose: Whose) => async () => ({
  status: 200,
  headers: pageHeaders,
  body: objectionPage({ whose, form: ObjectionForm.parse({ key: newId() }), wrong: {} }, sender),
});
const emptyWish = (whose: Whose) => async () => ({
  status: 200,
  headers: pageHeaders,
  body: askCodePage({ whose, form: CodeForm.parse({}), wrong: {} }, sender),
});

export const readObjectionForm = operation(routes.readObjectionForm, empty('self'));
export const readChildForm = operation(routes.readChildForm, empty('child'));
export const readCodeForm = operation(routes.readCodeForm, emptyWish('self'));
export const readChildCodeForm = operation(routes.readChildCodeForm, emptyWish('child'));
