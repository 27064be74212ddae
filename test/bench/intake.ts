import { setTimeout as wait } from 'node:timers/promises';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { csv, header, someone } from '#test/enrolment/someone.ts';
import { meterFor } from './meter.ts';
import type { Place } from './place.ts';
import type { Side } from './rounds.ts';

const functionId = 'enrolment-intake';
/** As many people as a transaction of the import takes, with its own state. */
const together = 24;
const department = '19';

/**
 * A file of insured people from the bucket to the last line's transaction, by the deployed function, against the bare
 * transactions: items of the same size, built beforehand, one after the other as within a file.
 */
export async function intakeSides({ world, operator }: Place) {
  const { invitedPeople } = await import('#test/support/invited.ts');
  const { lookupWrite, personWrite, statusWrite } = await import(
    '#functions/enrolment/person-store.ts'
  );
  const { loadImport } = await import('#functions/enrolment/import-store.ts');
  const { idFrom } = await import('#shared/random.ts');
  const { journalWrite } = await import('#shared/journal/write.ts');
  const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
  const Bucket = world.physical('INTAKE_BUCKET');
  const TableName = world.physical('ENROLMENT_TABLE');
  const meter = meterFor(world, functionId);
  let files = 0;

  /** Waits until a file is done; its state is read by its key, a hundred times a second. */
  async function done(id: string, lines: number): Promise<void> {
    for (;;) {
      const progress = await loadImport(id);
      if (progress?.state === 'running' || progress === undefined) {
        await wait(10);
        continue;
      }
      if (progress.state === 'done' && progress.imported === lines) return;
      throw new Error(`${progress.imported} of ${lines} lines were imported`);
    }
  }

  const ours =
    (name: string, lines: number): Side =>
    async () => {
      const Key = `incoming/bench-${files++}.csv`;
      const rows = Array.from({ length: lines }, () => csv(someone(department)));
      const Body = [header, ...rows, ''].join('\n');
      return meter.timed(name, lines, async () => {
        const { VersionId = '' } = await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
        await done(idFrom('import', Key, VersionId), lines);
      });
    };

  const bare =
    (name: string, lines: number): Side =>
    async () => {
      const at = {
        wave: 'bench',
        informedAt: '2022-02-07T08:00:00.000Z',
        deadlineAt: '2022-03-21T22:59:59.999Z',
      };
      const people = await invitedPeople({
        ...at,
        name: `${name} ${files++}`,
        people: lines,
        department,
      });
      const sealed = new Uint8Array(420);
      const writes = people.map(({ status, nirTag, rowTag, lines: [line] }) => [
        lookupWrite(nirTag, { holder: status.holder, rowTag }, undefined),
        personWrite({ holder: status.holder, sealed, version: 1 }),
        statusWrite(status, undefined),
        ...(line ? [journalWrite(line)] : []),
      ]);
      const progress = { pk: `BENCH#${files}`, sk: 'IMPORT', padding: 'x'.repeat(500) };
      await operator.send(new PutCommand({ TableName, Item: progress }));
      return meter.timed(name, lines, async () => {
        for (let from = 0; from < writes.length; from += together)
          await operator.send(
            new TransactWriteCommand({
              TransactItems: [
                { Put: { TableName, Item: progress } },
                ...writes.slice(from, from + together).flat(),
              ],
            }),
          );
      });
    };

  return { meter, ours, bare };
}
