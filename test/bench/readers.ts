import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { genesis } from '#shared/journal/line.ts';
import { nirKey } from '#shared/kernel/nir.ts';
import type { Place } from './place.ts';
import { secretOf } from './secrets.ts';

/** Somebody whose record is activated and who signs in; with a document once one was filed. */
export interface Reader {
  readonly holder: string;
  readonly nir: string;
  readonly nirTag: string;
  readonly linkTag: string;
  readonly token: string;
  document: string;
}

let born = 0;

/** So many holders, as activation leaves them. Each has a lane of his own, so that none waits for another. */
export async function ready(place: Place, count: number): Promise<Reader[]> {
  const { world, operator } = place;
  const { newId } = await import('#shared/random.ts');
  const { linkTag, nirTag } = await import('#shared/record/tags.ts');
  const key = await secretOf(place, 'lookup');
  const put = (name: string, Item: Record<string, unknown>) =>
    operator.send(new PutCommand({ TableName: world.physical(name), Item }));
  const readers: Reader[] = [];
  for (let n = 0; n < count; n += 1) {
    born += 1;
    const thirteen = `185059${String(2_000_000 + born)}`;
    const nir = thirteen + nirKey(thirteen);
    const [holder, subject] = [newId(), `bench-${born}`];
    const tags = { nirTag: nirTag(key, nir), linkTag: linkTag(key, 'holder', subject) };
    await put('ENROLMENT_TABLE', { pk: `N#${tags.nirTag}`, sk: 'LOOKUP', holder, rowTag: 'bench' });
    await put('ENROLMENT_TABLE', {
      ...{ pk: `H#${holder}`, sk: 'STATUS', holder, status: 'activated', department: '34' },
      ...{ linkTag: tags.linkTag, headSeq: genesis.seq, headHash: genesis.hash },
    });
    const linkedAt = new Date().toISOString();
    await put('IDENTITY_TABLE', { pk: `S#${tags.linkTag}`, sk: 'LINK', holder, linkedAt });
    const token = await world.token('camille', { subject });
    readers.push({ holder, nir, ...tags, token, document: '' });
  }
  return readers;
}
