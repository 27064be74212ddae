import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import type { InsuredRow } from '#functions/enrolment/rules/insured-row.ts';
import { Batches, Manifest } from '#functions/enrolment/schema-letters.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { csv, header } from '#test/enrolment/someone.ts';
import { codeOf } from '#test/support/code-of.ts';
import { codeIn, openPdf, textOf } from '#test/support/read-pdf.ts';
import type { TestWorld } from '#test/support/world.ts';
import { dayOf } from '../calendar.ts';
import type { OverHttp } from './over-http.ts';

/** What the insurance body, the campaign's agent and the print shop do for many people at once. */
export function clerksOf(world: TestWorld, { agent }: Pick<OverHttp, 'agent'>) {
  const seen = new Set<string>();
  let waves = 0;
  const must = async (who: string, asked: Parameters<OverHttp['agent']>[1]) => {
    const answer = await agent(who, asked);
    if (answer.status >= 300) throw new Error(`${asked.path}: ${answer.status} ${answer.text}`);
    return answer;
  };

  async function batch(name: string, now: number): Promise<string[]> {
    const path = `/enrolment/letter-batches/${name}`;
    const { pages } = Manifest.parse((await must('imprimerie', { path: `${path}/manifest` })).body);
    const pdf = await openPdf((await must('imprimerie', { path: `${path}/letters` })).bytes);
    const texts: string[] = [];
    for (const { page } of pages) texts.push(await textOf(pdf, page));
    const body = { postedOn: dayOf(now) };
    await must('imprimerie', { method: 'POST', path: `${path}/posting`, body });
    return texts;
  }

  return {
    /** A file of the insurance body, taken in. */
    async file(rows: readonly InsuredRow[]): Promise<void> {
      const Key = `incoming/model-${rows[0]?.nir}.csv`;
      const Body = [header, ...rows.map(csv), ''].join('\n');
      // Signatures carry world time.
      const systemClockOffset = Date.parse(await world.now()) - Date.now();
      const s3 = new S3Client({ ...world.aws(), forcePathStyle: true, systemClockOffset });
      const Bucket = world.physical('INTAKE_BUCKET');
      await s3.send(new PutObjectCommand({ Bucket, Key, Body }));
      await world.idle();
    },
    /** A wave over départements, sent at once; false where one of them is in a wave that the clock has not ended yet. */
    async wave(departments: readonly string[], now: number): Promise<boolean> {
      waves += 1;
      const path = `/enrolment/waves/model-${waves}`;
      const body = { sendOn: dayOf(now), departments };
      const planned = await agent('campagne', { method: 'PUT', path, body });
      if (codeOf(planned.body) === 'enrolment/department-in-wave') return false;
      if (planned.status !== 200) throw new Error(planned.text);
      await must('campagne', { method: 'POST', path: `${path}/start` });
      await world.idle();
      return true;
    },
    /** Has the letters of départements printed. */
    async order(departments: readonly string[]): Promise<void> {
      for (const department of departments)
        await must('campagne', {
          ...{ method: 'POST', path: '/enrolment/letter-orders', body: { department } },
        });
      await world.idle();
    },
    /** Posts all that was printed since the last time; what stands in each letter. */
    async post(now: number) {
      const { body } = await must('imprimerie', { path: '/enrolment/letter-batches?limit=50' });
      const fresh = Batches.parse(body).batches.filter(
        (one) => one.letters !== undefined && !seen.has(one.batch),
      );
      const texts: string[] = [];
      await inLanes(fresh, 2, async (one) => {
        seen.add(one.batch);
        texts.push(...(await batch(one.batch, now)));
      });
      await world.idle();
      return texts.map((text) => ({ text, code: codeIn(text), at: now }));
    },
  };
}
