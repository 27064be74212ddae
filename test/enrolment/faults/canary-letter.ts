import { codeIn, openPdf, textOf } from '#test/support/read-pdf.ts';
import type { OwnWorld } from '#test/support/world.ts';

/** Whom no mail reaches is written to: a letter is printed, fetched, posted, and comes back. */
export async function writeTo(world: OwnWorld, department: string) {
  const ask = async (person: string, path: string, body?: object) =>
    world.request({
      ...{ path: `/enrolment/${path}`, token: await world.token(person) },
      ...(body ? { method: 'POST', body } : {}),
    });
  await ask('campagne', 'letter-orders', { department });
  await world.idle();
  const listed = await ask('imprimerie', 'letter-batches');
  const [batch = ''] = /\d{8}-[0-9AB]+-[a-z0-9]{10}/.exec(listed.text) ?? [];
  const manifest = (await ask('imprimerie', `letter-batches/${batch}/manifest`)).text;
  const { bytes } = await ask('imprimerie', `letter-batches/${batch}/letters`);
  const letter = await textOf(await openPdf(bytes), 1);
  const code = codeIn(letter);
  const on = (await world.now()).slice(0, 10);
  await ask('imprimerie', `letter-batches/${batch}/posting`, { postedOn: on });
  await world.idle();
  const [, reference] = /"reference":"([a-z0-9]{16})"/.exec(manifest) ?? [];
  const returns = [{ reference, returnedOn: on, reason: 'moved' }];
  const { status } = await ask('imprimerie', `letter-batches/${batch}/returns`, { returns });
  await world.idle();
  return { letter, manifest, returned: status, codes: [code, code.replaceAll('-', '')] };
}
