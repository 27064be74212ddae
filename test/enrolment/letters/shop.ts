import * as z from 'zod';
import { type Batch, Batches, Manifest } from '#functions/enrolment/schema-letters.ts';
import { codeIn, openPdf, textOf } from '#test/support/read-pdf.ts';
import { signIn, world } from '../town.ts';

/** What the campaign's agent and the print shop do over HTTP. */

const asks = async (person: string, method: 'GET' | 'POST', path: string, body?: unknown) =>
  world.request({
    ...{ method, path, token: await signIn(person) },
    ...(body === undefined ? {} : { body }),
  });

export const order = (what: object, person = 'campagne') =>
  asks(person, 'POST', '/enrolment/letter-orders', what);

/** Orders a département's letters and waits until they are printed. */
export async function printed(department: string): Promise<void> {
  const answer = await order({ department });
  if (answer.status !== 202) throw new Error(answer.text);
  await world.idle();
}

/** The batches of a département that were given out, oldest first. */
export async function batchesOf(department: string): Promise<Batch[]> {
  const { body } = await asks('imprimerie', 'GET', '/enrolment/letter-batches?limit=50');
  return Batches.parse(body)
    .batches.filter((one) => one.department === department && one.letters !== undefined)
    .sort((a, b) => (a.readyAt ?? '').localeCompare(b.readyAt ?? ''));
}

export async function manifestOf(batch: string): Promise<Manifest> {
  const { body } = await asks('imprimerie', 'GET', `/enrolment/letter-batches/${batch}/manifest`);
  return Manifest.parse(body);
}

export const fetchLetters = (batch: string, person = 'imprimerie') =>
  asks(person, 'GET', `/enrolment/letter-batches/${batch}/letters`);

/** Each letter of a batch, as who opens it reads it. */
export async function lettersOf(batch: string) {
  const { pages } = await manifestOf(batch);
  const { bytes } = await fetchLetters(batch);
  const pdf = await openPdf(bytes);
  return Promise.all(
    pages.map(async ({ page, reference }) => {
      const text = await textOf(pdf, page);
      return { reference, text, code: codeIn(text) };
    }),
  );
}

export const reportPosting = (batch: string, body: object, person = 'imprimerie') =>
  asks(person, 'POST', `/enrolment/letter-batches/${batch}/posting`, body);

export const reportReturns = (batch: string, returns: readonly object[], person = 'imprimerie') =>
  asks(person, 'POST', `/enrolment/letter-batches/${batch}/returns`, { returns });

export const Problem = z.object({ code: z.string() });
