import * as z from 'zod';
import type { Client } from '#infra/local/client.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { activate, type Holder, tokenOf } from './holder.ts';
import { bringIn } from './intake.ts';
import { codeIn } from './mails.ts';
import { outcome } from './objections.ts';
import { csvOf, type Insured, nirKey } from './people.ts';

/** What became of a child's two parents, act by act: 'done', or the code of the refusal. */
export interface FamilyTold {
  acts: Record<string, string>;
}

const choices = {
  visibility: 'visible',
  emergency: { breakGlass: 'permit', regulation: 'permit' },
};
const department = '75';

/** A mother, a father and her twins, of a département that no wave of the story has. */
function familyOf(cohort: number): { mother: Insured; father: Insured; twins: Insured[] } {
  const parent = (sex: 'M' | 'F', givenNames: string): Insured => {
    const order = String((cohort % 999) + 1).padStart(3, '0');
    const thirteen = `${sex === 'M' ? 1 : 2}850575056${order}`;
    const nir = thirteen + nirKey(thirteen);
    return {
      ...{ nir, birthName: 'MARTIN', usedName: '', givenNames, birthDate: '1985-05-12', sex },
      ...{ addressLine: '1 rue de la Gare', postcode: '75010', city: 'Paris', department },
      ...{ email: `famille-${nir}@exemple.invalid`, cardSerial: nir.slice(2, 13) },
    };
  };
  const [mother, father] = [parent('F', 'Camille'), parent('M', 'Hugo')];
  const twins = ['Ana', 'Zoé'].map((givenNames) => ({
    ...{ ...mother, nir: '', email: '', givenNames, birthDate: '2016-06-15' },
  }));
  return { mother, father, twins };
}

/** The file with the two columns of children. */
function fileOf({ mother, father, twins }: ReturnType<typeof familyOf>): string {
  const [header = '', ...lines] = csvOf([mother, father, ...twins])
    .trimEnd()
    .split('\n');
  const whose = ['', '', ...twins.map((_, at) => `${at + 1}`)];
  const rows = lines.map((line, at) => `${line};${whose[at] ? mother.nir : ''};${whose[at]}`);
  return `${[`${header};guardianNir;rank`, ...rows].join('\n')}\n`;
}

/**
 * Plays a child's two parents (MIN-1, MIN-2): the mother opens her twins' records, invites the father into one; he
 * asks to close it, she stops it, and it stays open when the term is over.
 */
export async function familyLife(
  client: Client,
  asked: { cohort: number; token: () => Promise<string>; say: (line: string) => void },
): Promise<FamilyTold> {
  const family = familyOf(asked.cohort);
  const acts: FamilyTold['acts'] = {};
  const { mother, father, twins } = family;
  const [first, second] = [mother, father].map(
    (person, at): Holder => ({ person, subject: `famille-${asked.cohort}-${at}` }),
  );
  if (!first || !second) throw new Error('two parents');
  const text = fileOf(family);
  const file = `famille-${asked.cohort}.csv`;
  const told = await bringIn(client, { token: await asked.token(), file, text });
  acts.imported = told.imported === 4 ? 'done' : `${told.imported}`;
  const sendOn = addDays(parisDay(Date.parse(await client.clock())), 1);
  await client.call({
    ...{ method: 'PUT', path: `/enrolment/waves/famille-${asked.cohort}` },
    ...{ token: await asked.token(), body: { sendOn, departments: [department] } },
  });
  await client.moveTo(`${sendOn}T11:00:00.000Z`);
  await client.idle();
  const codeOf = async (to: string, child?: string) => {
    const mails = await client.mails({ to });
    const about = mails.find(({ text }) =>
      child === undefined ? !text.includes('votre enfant') : text.includes(`votre enfant ${child}`),
    );
    return codeIn(about?.text ?? '') ?? '';
  };
  for (const [name, holder] of Object.entries({ first, second }))
    acts[`${name}-activates`] = await activate(client, holder, await codeOf(holder.person.email));
  const children: string[] = [];
  for (const [at, twin] of twins.entries()) {
    const answer = await client.call({
      ...{
        method: 'POST',
        path: '/enrolment/child-activations',
        token: await tokenOf(client, first),
      },
      body: {
        ...{ nir: mother.nir, cardSerial: twin.cardSerial, choices },
        ...{ code: await codeOf(mother.email, twin.givenNames) },
        conditions: client.info.conditions,
        child: { birthDate: twin.birthDate, certifies: true, rank: at + 1 },
      },
    });
    acts[`twin-${at + 1}`] = answer.status === 200 ? 'done' : outcome(answer);
    children.push(z.object({ holder: z.string() }).safeParse(answer.body).data?.holder ?? '');
  }
  const [ana = ''] = children;
  // Without a child whatever follows would be done in one's own record.
  if (ana === '') return { acts };
  const call = async (holder: Holder, path: string, body?: object, child = ana) => {
    const token = await tokenOf(client, holder);
    return client.call({
      ...{ method: body ? 'POST' : 'GET', path, token },
      ...(child ? { actingFor: child } : {}),
      ...(body ? { body } : {}),
    });
  };
  const note = (name: string, answer: { status: number; body: unknown }) => {
    acts[name] = answer.status < 300 ? 'done' : outcome(answer);
  };
  const { nir, birthName, birthDate, givenNames: firstName } = father;
  note(
    'invites',
    await call(first, '/enrolment/guardians', { nir, birthName, birthDate, firstName }),
  );
  const waiting = await call(second, '/enrolment/guardian-invitations', undefined, '');
  const found = z
    .object({ invitations: z.array(z.object({ invitation: z.string() })) })
    .safeParse(waiting.body);
  const path = `/enrolment/guardian-invitations/${found.data?.invitations[0]?.invitation}/answer`;
  note('accepts', await call(second, path, { accepts: true, certifies: true }, ''));
  const wish = await call(second, '/enrolment/closure', { confirm: true, deletion: false });
  acts.asks = wish.status === 202 ? 'done' : outcome(wish);
  const name = z.object({ wish: z.string() }).safeParse(wish.body).data?.wish;
  note('stops', await call(first, `/enrolment/closure-wishes/${name}/answer`, { agrees: false }));
  await client.moveTo(`${addDays(sendOn, 17)}T11:00:00.000Z`);
  await client.idle();
  note('reads', await call(second, '/journal/history'));
  asked.say('Deux parents ne sont pas d’accord : l’un demande la fermeture, l’autre l’arrête.');
  return { acts };
}

/** What went otherwise than it should have, in words. */
export const familyFaults = ({ acts }: FamilyTold): string[] =>
  Object.entries(acts)
    .filter(([, end]) => end !== 'done' && end !== 'activated')
    .map(([act, end]) => `deux parents, ${act} : ${end}`);
