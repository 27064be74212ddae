import * as z from 'zod';
import type { AccessGrant } from '#shared/access/grant.ts';
import { isPassing } from '#shared/aws/faults.ts';
import { sealedUnder } from '#shared/sealing/envelope.ts';
import { openSmall, sealSmall } from '#shared/sealing/small.ts';
import { refuse } from './refusals.ts';
import { SearchForm } from './schema.ts';

const Page = z.object({
  form: SearchForm,
  count: z.int(),
  /** Place of the last document told. */
  after: z.string(),
  actor: z.string(),
  until: z.number(),
});
type Page = z.infer<typeof Page>;

const keptMs = 60 * 60_000;
const contextOf = (holder: string) => ({ holder, kind: 'page of a search', version: 1 });

/**
 * The word by which the next page is asked for. It stands in an address, and a search tells of illness:
 * so it is sealed under the holder's key, with who asked and until when it holds, not only signed.
 */
export async function writePage(
  { holder, branch, actor }: AccessGrant,
  { now, ...page }: Pick<Page, 'form' | 'count' | 'after'> & { readonly now: number },
): Promise<string> {
  const told: Page = { ...page, actor: actor.id, until: now + keptMs };
  const sealed = await sealSmall(branch, told, contextOf(holder));
  return Buffer.from(sealed).toString('base64url');
}

/** The page that a word stands for; `documents/page` for one that is forged, another's or too old. */
export async function readPage(
  { holder, branch, actor }: AccessGrant,
  { word, now }: { readonly word: string; readonly now: number },
): Promise<Page> {
  const page = await opened({ holder, branch }, Buffer.from(word, 'base64url')).catch(
    (error: unknown) => {
      if (isPassing(error)) throw error;
      throw refuse('page');
    },
  );
  if (page.actor !== actor.id || page.until <= now) throw refuse('page');
  return page;
}

async function opened(
  { holder, branch }: Pick<AccessGrant, 'holder' | 'branch'>,
  sealed: Uint8Array,
): Promise<Page> {
  // A stranger's bytes name a key: only this holder's is looked up.
  if (sealedUnder(sealed).id !== branch) throw refuse('page');
  return Page.parse(await openSmall(sealed, contextOf(holder)));
}
