import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { columns } from '#functions/enrolment/rules/insured-row.ts';
import { choices, conditions } from './activating.ts';
import { drop, someone, world } from './town.ts';

/** A child of somebody, as the insurance body writes it; on the parent's card and without a NIR unless said. */
export function childOf(
  parent: InsuredRow,
  change: Partial<InsuredRow> & { rank?: string } = {},
): InsuredRow {
  const { rank = '', ...rest } = change;
  return {
    ...someone(parent.department),
    ...{ nir: '', givenNames: 'Kaïs, Léo', birthDate: '2015-06-15', email: '' },
    ...{ cardSerial: parent.cardSerial, child: { guardianNir: parent.nir, rank } },
    ...rest,
  };
}

const line = (row: InsuredRow): string =>
  [
    ...columns.map((column) => row[column]),
    row.child?.guardianNir ?? '',
    row.child?.rank ?? '',
  ].join(';');

/** Drops a file with the columns of children. */
export const dropFamily = (people: readonly InsuredRow[]) =>
  drop([[...columns, 'guardianNir', 'rank'].join(';'), ...people.map(line), ''].join('\n'));

/** The codes in the mails to a parent about a child of a name, latest last. */
export async function codesFor(parent: InsuredRow, name: string): Promise<string[]> {
  const mails = await world.mails({ to: parent.email });
  return mails
    .filter(({ text }) => text.includes(`votre enfant ${name}`))
    .flatMap(({ text }) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? []);
}

export interface ForChild {
  readonly code: string;
  readonly certifies?: boolean;
  readonly rank?: number;
  readonly birthDate?: string;
  readonly from?: string;
  readonly change?: object;
}

const bodyOf = (parent: InsuredRow, child: InsuredRow, how: ForChild) => ({
  ...{ nir: parent.nir, cardSerial: child.cardSerial, code: how.code },
  child: {
    birthDate: how.birthDate ?? child.birthDate,
    certifies: how.certifies ?? true,
    ...(how.rank === undefined ? {} : { rank: how.rank }),
  },
  ...how.change,
});

/** `POST /enrolment/oppositions` for a child. */
export function opposeFor(parent: InsuredRow, child: InsuredRow, how: ForChild) {
  return world.request({
    method: 'POST',
    path: '/enrolment/oppositions',
    body: bodyOf(parent, child, how),
    ...(how.from ? { from: how.from } : {}),
  });
}

/** `POST /enrolment/child-activations` as a parent does it. */
export function activateFor(
  parent: InsuredRow,
  child: InsuredRow,
  how: ForChild & { readonly token: string },
) {
  return world.request({
    method: 'POST',
    path: '/enrolment/child-activations',
    token: how.token,
    body: { ...bodyOf(parent, child, how), conditions, choices },
    ...(how.from ? { from: how.from } : {}),
  });
}

/** An answer of a function, and which calls it took, so that two can be told apart or not. */
export async function costOf<T>(asking: () => Promise<T>, by = 'enrolment-public') {
  await world.clearCounts();
  const answer = await asking();
  const counts = (await world.counts()).filter((one) => one.function === by);
  const calls = counts.map(({ action, calls }) => `${action} ${calls}`);
  return { answer, cost: calls.sort().join() };
}

/** Does something whose transaction with such a line is applied, and its acknowledgement lost. */
export async function losing<T>(caller: string, act: string, doing: () => Promise<T>): Promise<T> {
  await world.plant({
    ...{ caller, action: 'dynamodb:TransactWriteItems', kind: 'lost-ack' },
    if: { contains: `"enrolment/${act}"` },
  });
  const told = await doing();
  const fired = (await world.faults()).map((one) => one.fired);
  await world.clearFaults();
  if (fired.join() !== '1') throw new Error(`${act}: lost ${fired.join()} times`);
  return told;
}
