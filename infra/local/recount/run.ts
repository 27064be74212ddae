/**
 * `npm run recount`: counts everything again from the tables and the journal, and fails on any
 * difference from what the records, the waves, the imports and the statistics say.
 */
import { parseArgs } from 'node:util';
import { clientOf, worldOf } from '#infra/local/client.ts';
import type { JournalLine } from '#shared/journal/schema.ts';
import { chainsOf } from './chains.ts';
import { contestFaults } from './contests.ts';
import { endedIn, importFaults, statisticsFaults, waveFaults } from './counters.ts';
import { erasureFaults, ofThisLife, strayFaults } from './erased.ts';
import { dayFaults, groupFaults, rangesOf } from './groups.ts';
import { letterFaults } from './letters.ts';
import { noticeLetterFaults } from './notice-letters.ts';
import { branchesOf, keysOf, readTables, versionsOf } from './read-tables.ts';
import { mergedFaults, mergedOf, recordFaults, statusesOf, wholenessFaults } from './records.ts';
import { noticeFaults, vaultFaults } from './vault.ts';

const dayMs = 86_400_000;
const shown = 50;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      folder: { type: 'string', default: '.local' },
      json: { type: 'boolean', default: false },
    },
  });
  const client = clientOf(worldOf(values.folder));
  await client.idle();
  const [enrolment = [], journal = [], documents = [], notices = [], identity = []] =
    await readTables(client.info, [
      'ENROLMENT_TABLE',
      'JOURNAL_TABLE',
      'DOCUMENTS_TABLE',
      'NOTICES_TABLE',
      'IDENTITY_TABLE',
    ]);
  const objects = await keysOf(client.info, 'VAULT_BUCKET');
  const versions = await versionsOf(client.info, 'VAULT_BUCKET');
  const branches = await branchesOf(client.info);
  const token = await client.token('campagne');
  const told = async (path: string) => {
    const answer = await client.call({
      method: 'GET',
      path: `/statistics/enrolment${path}`,
      token,
    });
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
    return answer.body;
  };
  const now = Date.parse(await client.clock());

  const { chains, faults } = chainsOf(journal);
  const lines = [...chains.values()].flatMap((chain) => chain.lines);
  const statuses = statusesOf(enrolment);
  const counted = await told('');
  const ended = endedIn(counted);
  const merged = mergedOf(enrolment);
  const records = new Map(statuses.map((one) => [one.holder, one]));
  // Who is being forgotten has left all counters; the record itself goes some minutes later.
  const counting = statuses.filter(({ forgetFrom }) => forgetFrom === undefined);
  const kept = ofThisLife(lines);
  const vault = vaultFaults(documents, objects, kept);
  const aDayAgo = new Date(now - dayMs).toISOString();
  const differences = [
    ...faults,
    ...statuses.flatMap((one) => recordFaults(one, chains.get(`${one.holder}#00`), aDayAgo)),
    ...merged.flatMap((one) => mergedFaults(one, chains.get(`${one.holder}#00`), records)),
    ...wholenessFaults(enrolment, statuses, merged),
    ...contestFaults(enrolment, statuses),
    ...importFaults(enrolment, [...counting, ...merged], lines, ended),
    ...waveFaults(enrolment, lines, ended),
    ...letterFaults(enrolment, statuses),
    ...statisticsFaults(counted, counting, lines),
    ...groupFaults(await told('/groups?by=cohort'), counting),
    ...groupFaults(await told('/groups?by=channel'), counting),
    ...(await daysRecounted(told, lines, { now, ended })),
    ...vault.faults,
    ...noticeFaults(notices, kept),
    ...noticeLetterFaults(notices, lines),
    ...strayFaults([...statuses, ...merged], { people: [...enrolment, ...identity], lines }),
    ...erasureFaults(statuses, {
      ...{ documents, notices, versions, branches },
      people: [...enrolment, ...identity],
    }),
  ];

  const byStatus: Record<string, number> = {};
  for (const { status } of statuses) byStatus[status] = (byStatus[status] ?? 0) + 1;
  const summary = {
    at: new Date(now).toISOString(),
    records: statuses.length,
    byStatus,
    journalLines: lines.length,
    chains: chains.size,
    contents: objects.length,
    strayContents: vault.strays,
    notices: notices.filter(({ sk }) => sk.startsWith('NOTICE#')).length,
    differences,
  };
  if (values.json) console.log(JSON.stringify(summary, null, 2));
  else {
    const states = Object.entries(byStatus).map(([status, count]) => `${count} ${status}`);
    console.log(`${summary.records} records (${states.join(', ')})`);
    console.log(
      `${summary.journalLines} journal lines in ${summary.chains} chains, all verified again`,
    );
    console.log(
      `${summary.contents} contents in the vault (${summary.strayContents} of deposits that died), ${summary.notices} notices`,
    );
    for (const words of differences.slice(0, shown)) console.log(`  DIFFERENT  ${words}`);
    console.log(
      differences.length === 0
        ? 'Recounted from tables and journal: no difference.'
        : `${differences.length} differences.`,
    );
  }
  process.exitCode = differences.length === 0 ? 0 : 1;
}

/** Each day's acts, in the country and in each département of which the journal tells. */
async function daysRecounted(
  told: (path: string) => Promise<unknown>,
  lines: readonly JournalLine[],
  { now, ended }: { readonly now: number; readonly ended: number },
): Promise<string[]> {
  const ranges = rangesOf(lines, now);
  const faults: string[] = [];
  for (const department of [
    undefined,
    ...new Set(lines.flatMap(({ object }) => object.department ?? [])),
  ]) {
    const of = department === undefined ? '' : `&department=${department}`;
    const answers: unknown[] = [];
    for (const range of ranges) answers.push(await told(`/days?${range}${of}`));
    faults.push(...dayFaults(answers, lines, { department, ended }));
  }
  return faults;
}

await main().catch((cause: unknown) => {
  console.error(cause instanceof Error ? cause.message : cause);
  process.exitCode = 1;
});
