import { limits, onBeat } from '#functions/enrolment/identify.ts';
import { request } from '#functions/enrolment/request-code.ts';
import { type Answer, type Asked, operation } from '#shared/http/operation.ts';
import { Refusal } from '#shared/kernel/refusal.ts';
import { askCodePage, type FilledWish } from './pages/ask-code.ts';
import { codeAskedPage } from './pages/code-asked.ts';
import { pageHeaders } from './pages/page.ts';
import { routes } from './routes.ts';
import { adviceFor, retryAfter } from './rules/advice.ts';
import { readCodeForm } from './rules/read-code-form.ts';
import type { CodeForm, Whose } from './schema.ts';
import { sender } from './sender.ts';

type Sent = Pick<Asked<typeof routes.askCodeByForm>, 'receivedAt' | 'now' | 'sourceIp'>;

/** Asks as `POST /enrolment/codes` does, by the same rules, counts, costs and beat (ENR-12, D63); answers with a page. */
async function sendWish(form: CodeForm, whose: Whose, asked: Sent): Promise<Answer> {
  const again = (told: Omit<FilledWish, 'whose' | 'form'>) =>
    askCodePage({ whose, form, ...told }, sender);
  const read = readCodeForm(form, whose);
  if (!read.ok) return { status: 400, headers: pageHeaders, body: again({ wrong: read.wrong }) };
  const { receivedAt, now, sourceIp } = asked;
  try {
    await onBeat(await request({ body: read.request, receivedAt, now, sourceIp }));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return {
      status: error.status,
      headers: { ...pageHeaders, ...retryAfter(error) },
      body: again({ wrong: {}, refused: adviceFor(error, receivedAt) }),
    };
  }
  const told = { whose, by: read.request.by, apartSeconds: limits.resendSeconds };
  return { status: 202, headers: pageHeaders, body: codeAskedPage(told, sender) };
}

export const askCodeByForm = operation(routes.askCodeByForm, ({ body, ...asked }) =>
  sendWish(body, 'self', asked),
);
export const askChildCodeByForm = operation(routes.askChildCodeByForm, ({ body, ...asked }) =>
  sendWish(body, 'child', asked),
);
