import type { JournalLine } from '#shared/journal/schema.ts';
import { idFrom } from '#shared/random.ts';
import type { PartedFrom } from '#shared/record/absorbed.ts';
import { openSmall } from '#shared/sealing/small.ts';
import { type Filed, unpack } from './filed.ts';
import { tellOnce } from './merge-lines.ts';
import { isHidden, isSecret } from './rules/describe.ts';
import { asTold, historiesOf, listingsOf, readingsOf } from './rules/mixed-up.ts';
import { contextOf, listFiled } from './store.ts';

interface MixUp {
  readonly partedFrom: PartedFrom;
  /** The record that is one of its own again. */
  readonly holder: string;
  /** What was done in the one record while it was two persons’. */
  readonly lines: readonly JournalLine[];
  /** Milliseconds. */
  readonly at: number;
}

/**
 * Tells both persons of a wrong merge what the other one may have seen (ENR-20, ACC-53): a line for each document that
 * was read and each reader, then one that counts, of which a notice is sent. Neither learns what the other has.
 */
export async function tellMixUp({ partedFrom, holder, lines, at }: MixUp): Promise<void> {
  const { reference, account } = partedFrom;
  const mixed = { reference, lines, at, lists: listingsOf(lines) };
  const histories = historiesOf(lines);
  const filed = await listFiled(holder);
  const own = filed.filter(({ returned }) => returned === reference);
  // Whose account it was read his own: that is no news to him.
  const isNewsToOwn = account !== 'from';
  await tell(holder, {
    ...mixed,
    documents: isNewsToOwn ? own : [],
    histories: isNewsToOwn ? histories : 0,
  });
  const others = await listFiled(partedFrom.holder);
  const isNewsToOther = account !== 'into';
  await tell(partedFrom.holder, {
    ...mixed,
    documents: isNewsToOther ? others : [],
    histories: isNewsToOther ? histories : 0,
  });
}

async function tell(
  holder: string,
  mixed: {
    readonly reference: string;
    readonly lines: readonly JournalLine[];
    readonly lists: number;
    /** How often the history of both was taken away, where that is news: it has lines without any document, too. */
    readonly histories: number;
    readonly at: number;
    readonly documents: readonly Filed[];
  },
): Promise<void> {
  const { reference, lines, documents, histories, at } = mixed;
  const byId = new Map(documents.map((filed) => [filed.document, filed]));
  const readings = readingsOf(lines, new Set(byId.keys()));
  let shown = 0;
  for (const { document, actor, times, first, last } of readings) {
    const filed = byId.get(document);
    if (!filed) continue;
    const { resource } = unpack(await openSmall(filed.sealed, contextOf(holder, filed)));
    const kept = { hidden: isHidden(resource), secret: isSecret(resource) };
    if (!kept.hidden && !kept.secret) shown += times;
    await tellOnce({
      ...{ id: idFrom('read', reference, document, actor.kind, actor.id), holder, at, ...kept },
      ...{ action: 'documents/tell-reading', actor: asTold(actor) },
      object: {
        kind: 'document',
        id: document,
        from: first,
        to: last,
        counts: { readings: times },
      },
    });
  }
  await tellOnce({
    ...{ id: idFrom('mixed up', reference, holder), holder, at },
    action: 'documents/tell-mix-up',
    object: {
      kind: 'record',
      counts: { readings: shown, lists: documents.length > 0 ? mixed.lists : 0, histories },
    },
  });
}
