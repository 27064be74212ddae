import type { Actions } from '#shared/aws/transact.ts';
import { appendLine } from '#shared/journal/append.ts';
import { laneOf } from '#shared/journal/lanes.ts';
import type { Telling } from './rules.ts';

const actor = { kind: 'system', id: 'notices' } as const;

/**
 * What the journal says of a notice that did not go its ordinary way: that it may come twice, or that no
 * address took it. Alone, or with the change that it tells. `at` in ms.
 */
export async function noteInJournal(
  { holder, notice }: Pick<Telling, 'holder' | 'notice'>,
  told: {
    readonly id: string;
    readonly at: number;
    readonly says: 'may-be-doubled' | 'undeliverable';
    readonly beside?: Actions;
  },
): Promise<void> {
  const { id, at, says, beside = [] } = told;
  await appendLine(
    {
      ...{ id, holder, lane: laneOf(actor.id), at, actor },
      channel: 'mail',
      action: 'notices/tell-holder',
      object: { kind: 'record', id: notice },
      outcome: says === 'undeliverable' ? 'refused' : 'done',
      reason: `notices/${says}`,
      policy: 'notices-1',
      visible: 'holder',
    },
    { beside: () => beside },
  );
}
