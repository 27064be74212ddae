import * as z from 'zod';
import type { Client } from '#infra/local/client.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { activate, type Holder, tokenOf } from './holder.ts';
import { bringIn } from './intake.ts';
import { codeIn } from './mails.ts';
import { csvOf, type Insured, nirKey } from './people.ts';
import { deposit, verified } from './reading.ts';

/** What became of two numbers that were said to be one person's, step by step: what was, and what it should be. */
export interface PairTold {
  readonly steps: readonly {
    readonly name: string;
    readonly is: string;
    readonly expected: string;
  }[];
}

const department = '75';

/** Two people of a département that no wave of the story has. */
function pairOf(cohort: number): { stays: Insured; goes: Insured } {
  const person = (place: string): Insured => {
    const order = String((cohort % 999) + 1).padStart(3, '0');
    const thirteen = `2790475${place}${order}`;
    const nir = thirteen + nirKey(thirteen);
    return {
      ...{ nir, birthName: 'PETIT', usedName: '', givenNames: 'Claire', birthDate: '1979-04-21' },
      ...{
        sex: 'F',
        addressLine: '2 rue de la Gare',
        postcode: '75011',
        city: 'Paris',
        department,
      },
      ...{ email: `paire-${nir}@exemple.invalid`, cardSerial: nir.slice(2, 13) },
    };
  };
  return { stays: person('061'), goes: person('062') };
}

const Listed = z.object({ entry: z.array(z.unknown()).default([]) });

/**
 * Plays a merge that was wrong (ENR-20): one record opened by itself, the other one activated, each with a document.
 * They become one and are parted again: each has what was addressed to its number.
 */
export async function pairLife(
  client: Client,
  asked: { cohort: number; token: () => Promise<string>; say: (line: string) => void },
): Promise<PairTold> {
  const { stays, goes } = pairOf(asked.cohort);
  const steps: { name: string; is: string; expected: string }[] = [];
  const note = (name: string, is: unknown, expected: unknown) =>
    steps.push({ name, is: String(is), expected: String(expected) });
  const reader: Holder = { person: goes, subject: `paire-${asked.cohort}` };
  const bring = async (file: string, text: string) => {
    const told = await bringIn(client, { token: await asked.token(), file, text });
    await client.idle();
    return told;
  };
  const join = async (op: 'merge' | 'split') => {
    const line = JSON.stringify({ op, from: goes.nir, into: stays.nir });
    return (await bring(`paire-${asked.cohort}-${op}.ndjson`, `${line}\n`)).updated;
  };
  const files = async (person: Insured) => {
    const filed = await deposit(client, { ...reader, person });
    await client.idle();
    return filed;
  };
  const finds = async () => {
    const token = await tokenOf(client, reader);
    const found = await client.call({ method: 'GET', path: '/fhir/DocumentReference', token });
    return Listed.safeParse(found.body).data?.entry.length ?? `${found.status}`;
  };

  note('imported', (await bring(`paire-${asked.cohort}.csv`, csvOf([stays, goes]))).imported, 2);
  const sendOn = addDays(parisDay(Date.parse(await client.clock())), 1);
  await client.call({
    ...{ method: 'PUT', path: `/enrolment/waves/paire-${asked.cohort}` },
    ...{ token: await asked.token(), body: { sendOn, departments: [department] } },
  });
  await client.moveTo(`${sendOn}T11:00:00.000Z`);
  await client.idle();
  const code = (await client.mails({ to: goes.email })).map(({ text }) => codeIn(text)).at(-1);
  note('activated', await activate(client, reader, code ?? ''), 'activated');
  await client.moveTo(`${addDays(sendOn, 44)}T11:00:00.000Z`);
  await client.idle();
  note('filed for the one that stays', await files(stays), 'filed');
  note('filed for the one that goes', await files(goes), 'filed');
  note('merged', await join('merge'), 1);
  note('found in one record', await finds(), 2);
  note('filed by the former number', await files(goes), 'filed');
  note('found in one record, and that', await finds(), 3);
  note('parted', await join('split'), 1);
  note('found in his own', await finds(), 2);
  note('verified', await verified(client, reader), true);
  asked.say('Deux numéros sont réunis par erreur, puis séparés : chacun retrouve ses documents.');
  return { steps };
}

/** What went otherwise than it should have, in words. */
export const pairFaults = ({ steps }: PairTold): string[] =>
  steps
    .filter(({ is, expected }) => is !== expected)
    .map(({ name, is, expected }) => `deux numéros réunis, ${name} : ${is}, attendu ${expected}`);
