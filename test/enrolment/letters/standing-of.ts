import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { parisDay } from '#shared/kernel/calendar.ts';
import { findByNir } from '#shared/record/lookup.ts';
import { secretMade } from '#shared/record/secrets.ts';
import { nirTag } from '#shared/record/tags.ts';
import { standing } from '../races/standing.ts';
import { world } from '../town.ts';
import { batchesOf, lettersOf } from './shop.ts';

/** How a person of a file stands; the environment of the room's functions is given before (`in-process.ts`). */
export async function stands({ nir }: InsuredRow) {
  return standing((await findByNir(nirTag(await secretMade('lookup'), nir)))?.holder ?? '');
}

export const today = async () => parisDay(Date.parse(await world.now()));

/** The letters of a département's latest batch, and which is whose. */
export async function lastLetters(department: string) {
  const { batch = '' } = (await batchesOf(department)).at(-1) ?? {};
  const letters = await lettersOf(batch);
  const to = ({ birthName }: InsuredRow) => {
    const found = letters.find(({ text }) => text.includes(`MME ODETTE ${birthName}`));
    if (!found) throw new Error(`no letter to ${birthName}`);
    return found;
  };
  return { batch, letters, to };
}

/** Asks on the web for a letter with a new code. */
export const asksByWeb = ({ nir, cardSerial, birthDate }: InsuredRow, from: string) =>
  world.request({
    ...{ method: 'POST', path: '/enrolment/codes', from },
    body: { nir, cardSerial, birthDate, by: 'letter' },
  });
