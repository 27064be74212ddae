import './record.ts';
import { loadStatus, statusWrite } from '#functions/enrolment/person-store.ts';
import type { Status } from '#functions/enrolment/stored.ts';
import { transact, untilUnrivalled } from '#shared/aws/transact.ts';
import { person } from '#test/enrolment/builders.ts';
import { plant } from '#test/enrolment/races/plant.ts';
import type { Titled } from './record.ts';

/** In which a record may be put: each whole, as the enrolment room leaves it, since that room reads it afterwards. */
export type Word = 'invited' | 'open' | 'opposed' | 'activated' | 'deleting' | 'suspended';

/** Puts a record into a status, as if all its acts had been done; nobody is told. */
export async function become(holder: string, word: Word): Promise<void> {
  await untilUnrivalled(async () => {
    const before = await loadStatus(holder);
    if (!before) throw new Error('nobody');
    const { version, headSeq, headHash, department, informBy, cardTag, birthTag } = before;
    const { dmp, absorbed } = before;
    const own = { holder, headSeq, headHash, department, informBy, cardTag, birthTag };
    const next: Status = {
      ...person[word],
      ...own,
      version: version + 1,
      ...(dmp ? { dmp } : {}),
      ...(absorbed ? { absorbed } : {}),
    };
    await transact([statusWrite(next, version)]);
  });
}

/** Somebody in a status, where no wave of another test goes. */
export async function someoneWho(word: Word): Promise<Titled> {
  const [one] = await plant(1, { department: '94' });
  if (!one) throw new Error('nobody');
  await become(one.holder, word);
  return { holder: one.holder, nir: one.nir };
}
