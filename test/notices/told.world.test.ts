import './in-process.ts';
import { describe, expect, test } from 'vitest';
import { noticeOf } from '#functions/notices/rules.ts';
import { address, holderWith, lineFor, noticeAt, saidOf } from './holders.ts';
import { world } from './in-process.ts';

const subjects = async (to: string) => (await world.mails({ to })).map(({ subject }) => subject);
const nirOfMails = async (to: string) => (await world.mails({ to })).map(({ text }) => text).join();

describe('ACC-50: what a holder is told', () => {
  test.each([
    ['enrolment/open', 'open', 'Mon espace santé : votre espace est ouvert'],
    ['enrolment/activate', 'activated', 'Mon espace santé : votre espace est activé'],
    ['enrolment/relink', 'activated', 'Mon espace santé : un nouveau compte ouvre votre espace'],
    ['enrolment/close', 'closed', 'Mon espace santé : votre espace est fermé'],
    ['enrolment/reopen', 'activated', 'Mon espace santé : votre espace est rouvert'],
    ['identity/first-sign-in', 'activated', 'Mon espace santé : première connexion à votre espace'],
    ['documents/deposit-document', 'open', 'Mon espace santé : un document a été ajouté'],
  ] as const)('%s: one mail, and nothing of it in the journal', async (action, status, subject) => {
    const { holder, email } = await holderWith({ status, email: address() });
    const line = await lineFor(holder, action);
    await world.idle();
    expect(await subjects(email)).toEqual([subject]);
    expect(await nirOfMails(email)).not.toMatch(/\d{13}/);
    expect(await noticeAt({ holder, notice: noticeOf(line) })).toMatchObject({ state: 'sent' });
    expect(await saidOf(holder)).toEqual([]);
  });

  test('goes to the confirmed address, and where a stranger may have acted to all that are known', async () => {
    const [first, second, insurers] = [address(), address(), address()];
    const { holder } = await holderWith({
      ...{ status: 'activated', email: insurers, confirmed: [first, second] },
    });
    await lineFor(holder);
    await world.idle();
    expect(await Promise.all([first, second, insurers].map(subjects))).toMatchObject(
      [[], [/ajouté/], []].map((some) => some.map((one) => expect.stringMatching(one))),
    );
    await lineFor(holder, 'enrolment/relink');
    await world.idle();
    for (const one of [first, second, insurers])
      expect(
        (await subjects(one)).filter((subject) => /nouveau compte/.test(subject)),
      ).toHaveLength(1);
  });
});

describe('ENR-2: a reminder of a deadline', () => {
  const inDays = async (days: number) =>
    new Date(Date.parse(await world.now()) + days * 86_400_000).toISOString();
  const remind = async (deadlineAt: string, email: string) => {
    const { holder } = await holderWith({ status: 'invited', deadlineAt, email });
    const line = await lineFor(holder, 'enrolment/remind-deadline');
    await world.idle();
    const stands = async () => (await noticeAt({ holder, notice: noticeOf(line) }))?.state;
    return { holder, stands };
  };

  test('goes while the deadline runs, and not once it is over', async () => {
    const [timely, late] = [address(), address()];
    expect(await (await remind(await inDays(2), timely)).stands()).toBe('sent');
    expect(await subjects(timely)).toEqual(['Mon espace santé : votre délai se termine bientôt']);
    expect(await (await remind(await inDays(-1), late)).stands()).toBeUndefined();
    expect(await subjects(late)).toEqual([]);
  });

  test.each(['refus.invalid', 'bounce.invalid'])(
    'that reaches nobody (%s) is left to no letter, which would come after the end',
    async (domain) => {
      const { holder, stands } = await remind(await inDays(2), address(domain));
      // The news of a bounce may be faster than the note that it went: then it comes again.
      await world.move('+10m');
      await world.idle();
      expect(await stands()).toBe('unreached');
      expect(await saidOf(holder)).toEqual([]);
    },
  );
});
