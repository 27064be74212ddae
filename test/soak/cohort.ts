import { PutObjectCommand } from '@aws-sdk/client-s3';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { csv, header, someone } from '#test/enrolment/someone.ts';
import type { Invited } from './acknowledged.ts';
import type { Clients } from './clients.ts';

export const department = '43';
const sendOn = '2022-02-07';

export const fileOf = (people: readonly InsuredRow[]): string =>
  [header, ...people.map(csv), ''].join('\n');

/** People who were invited and have not objected, with their codes: the objections of all rounds. */
export async function inviteCohort(clients: Clients, size: number): Promise<Invited[]> {
  const { world, s3, bucket: Bucket, agent: token } = clients;
  const people = Array.from({ length: size }, () => someone(department));
  await s3.send(
    new PutObjectCommand({ Bucket, Key: 'incoming/soak-cohort.csv', Body: fileOf(people) }),
  );
  await world.idle();
  const path = '/enrolment/waves/soak-cohort';
  const body = { sendOn, departments: [department] };
  const planned = await world.request({ method: 'PUT', path, token, body });
  if (planned.status !== 200) throw new Error(planned.text);
  await world.move(`${sendOn}T08:20:00Z`);
  await world.idle();
  return Promise.all(
    people.map(async (person) => {
      const [mail] = await world.mails({ to: person.email });
      const code = /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(mail?.text ?? '')?.[0];
      if (code === undefined) throw new Error('Somebody of the cohort was not invited.');
      return { person, code };
    }),
  );
}
