import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import * as z from 'zod';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { PublishedStatistics } from '#functions/statistics/schema.ts';
import { addDays, parisDay } from '#shared/kernel/calendar.ts';
import { csv, header, someone } from '#test/enrolment/someone.ts';
import type { TestWorld } from '#test/support/world.ts';

/** So many people of a département and a decade, each with an address unless they are to get a letter. */
export const people = (
  department: string,
  size: number,
  { decade = '1980', letter = false }: { decade?: string; letter?: boolean } = {},
): InsuredRow[] =>
  Array.from({ length: size }, () =>
    someone(department, {
      birthDate: `${decade.slice(0, 3)}5-05-12`,
      ...(letter ? { email: '' } : {}),
    }),
  );

/** What people of a country do, in a world of its own. */
export function countryOf(world: TestWorld) {
  const s3 = new S3Client({ ...world.aws(), forcePathStyle: true });
  let files = 0;
  const codeOf = async ({ email }: InsuredRow): Promise<string> => {
    const mails = await world.mails({ to: email });
    const code = mails.map(({ text }) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0]);
    return code.at(-1) ?? '';
  };
  const expecting = async (status: number, asked: Parameters<typeof world.request>[0]) => {
    const answer = await world.request(asked);
    if (answer.status !== status) throw new Error(`${asked.path}: ${answer.text}`);
    return answer;
  };
  return {
    async import(rows: readonly InsuredRow[]): Promise<void> {
      const Bucket = world.physical('INTAKE_BUCKET');
      const Body = [header, ...rows.map(csv), ''].join('\n');
      await s3.send(new PutObjectCommand({ Bucket, Key: `incoming/c-${files++}.csv`, Body }));
      await world.idle();
    },
    /** Sends a wave tomorrow. */
    async wave(wave: string, departments: readonly string[]): Promise<void> {
      const sendOn = addDays(parisDay(Date.parse(await world.now())), 1);
      const token = await world.token('campagne');
      const path = `/enrolment/waves/${wave}`;
      await expecting(200, { method: 'PUT', path, token, body: { sendOn, departments } });
      await world.move(`${sendOn}T16:30:00.000Z`);
      await world.idle();
    },
    async object(person: InsuredRow): Promise<void> {
      const { nir, cardSerial } = person;
      const body = { nir, cardSerial, code: await codeOf(person) };
      await expecting(201, { method: 'POST', path: '/enrolment/oppositions', body });
    },
    async activate(person: InsuredRow): Promise<void> {
      const { nir, cardSerial } = person;
      const token = await world.token('camille', { subject: `holder-${nir}` });
      const email = `neuf-${nir}@exemple.invalid`;
      const begun = await expecting(202, {
        ...{ method: 'POST', path: '/enrolment/activations', token },
        body: {
          ...{ nir, cardSerial, code: await codeOf(person), email },
          conditions: world.info.conditions,
          choices: {
            visibility: 'visible',
            emergency: { breakGlass: 'permit', regulation: 'refuse' },
          },
        },
      });
      const { activation } = z.object({ activation: z.string() }).parse(begun.body);
      await world.idle();
      const [mail] = await world.mails({ to: email });
      const otp = /^ {4}(\d{6})$/m.exec(mail?.text ?? '')?.[1];
      const path = `/enrolment/activations/${activation}/confirmation`;
      await expecting(200, { method: 'POST', path, token, body: { otp } });
    },
    async published(edition?: string) {
      const path = `/statistics/published${edition === undefined ? '' : `?edition=${edition}`}`;
      const answer = await expecting(200, { method: 'GET', path });
      return { ...PublishedStatistics.parse(answer.body), text: answer.text };
    },
    async editions(): Promise<string[]> {
      const { body } = await expecting(200, {
        method: 'GET',
        path: '/statistics/published/editions?limit=100',
      });
      const { editions } = z
        .object({ editions: z.array(z.object({ edition: z.string() })) })
        .parse(body);
      return editions.map(({ edition }) => edition);
    },
    agent: async (path: string) => {
      const token = await world.token('campagne');
      return (await expecting(200, { method: 'GET', path: `/statistics/enrolment${path}`, token }))
        .body;
    },
  };
}
