import { object } from '#functions/enrolment/object.ts';
import { type Answer, type Asked, operation } from '#shared/http/operation.ts';
import { Refusal } from '#shared/kernel/refusal.ts';
import { objectedPage } from './pages/objected.ts';
import { type Filled, objectionPage } from './pages/objection.ts';
import { pageHeaders } from './pages/page.ts';
import { routes } from './routes.ts';
import { adviceFor, isHelpedByCode, ranksOf, retryAfter } from './rules/advice.ts';
import { readForm } from './rules/read-form.ts';
import type { ObjectionForm, Whose } from './schema.ts';
import { sender } from './sender.ts';

type Sent = Pick<Asked<typeof routes.objectByForm>, 'receivedAt' | 'now' | 'sourceIp'>;

/** Objects as `POST /enrolment/oppositions` does, by the same rules, counts and costs; answers with a page. */
async function sendForm(form: ObjectionForm, whose: Whose, asked: Sent): Promise<Answer> {
  const read = readForm(form, whose);
  const again = (
    status: number,
    told: Omit<Filled, 'whose' | 'form'>,
    headers: Readonly<Record<string, string>> = {},
  ) => ({
    ...{ status, headers: { ...pageHeaders, ...headers } },
    body: objectionPage({ whose, form, ...told }, sender),
  });
  if (!read.ok) return again(400, { wrong: read.wrong });
  const { receivedAt, now, sourceIp } = asked;
  const objecting = { body: read.request, receivedAt, now, sourceIp, idempotencyKey: form.key };
  try {
    const proof = await object(objecting);
    return { status: 201, headers: pageHeaders, body: objectedPage(proof, sender) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const ranks = ranksOf(error);
    const told = {
      ...{ wrong: {}, refused: adviceFor(error, receivedAt) },
      ...{ isHelpedByCode: isHelpedByCode(error), ...(ranks === undefined ? {} : { ranks }) },
    };
    return again(error.status, told, retryAfter(error));
  }
}

export const objectByForm = operation(routes.objectByForm, ({ body, ...asked }) =>
  sendForm(body, 'self', asked),
);
export const objectForChildByForm = operation(routes.objectForChildByForm, ({ body, ...asked }) =>
  sendForm(body, 'child', asked),
);
