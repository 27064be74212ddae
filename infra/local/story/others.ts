import type { Client } from '#infra/local/client.ts';
import { bring } from './by-agents.ts';
import type { Holder } from './holder.ts';
import { certified, close, type LeavingTold, reopen } from './leaving.ts';
import type { Plan, PlannedWave } from './plan.ts';
import { type PostTold, postLetters, returnLetter } from './post.ts';

/** What became of the others of the first wave. */
export interface OthersTold {
  post: PostTold;
  /** An objection by phone, in time. */
  caller: string;
  /** One by post, dated in time, that reaches us after the opening. */
  writer: string;
  leaving: LeavingTold;
}

export const noOthers: OthersTold = {
  ...{ post: { posted: 0, returned: 0 }, caller: '', writer: '' },
  leaving: { acts: [], certificate: false },
};

export interface Others {
  readonly client: Client;
  readonly plan: Plan;
  readonly wave: PlannedWave;
  readonly agent: string;
  /** The one who activated in time: he leaves again. */
  readonly leaver: Holder;
  readonly told: OthersTold;
  readonly say: (line: string) => void;
  /** An objection that counted. */
  readonly count: () => void;
}

const dayMs = 86_400_000;
const after = (day: string, days: number, hours = 10) =>
  new Date(Date.parse(`${day}T00:00:00.000Z`) + days * dayMs + hours * 3_600_000).toISOString();

/** Letters posted and returned, a call, a late letter, and somebody who leaves: each at its time. */
export function othersOf(others: Others): { at: string; act: () => Promise<void> }[] {
  const { client, plan, wave, agent, leaver, told, say, count } = others;
  const { caller, writer } = plan.others;
  let letters: string[] = [];
  const posts = async () => {
    letters = await postLetters(client, agent, wave.id);
    told.post.posted = letters.length;
    say(`L’imprimerie poste ${letters.length} lettres, celle d’un courriel revenu comprise.`);
  };
  const comesBack = async () => {
    await returnLetter(client, letters[0] ?? '');
    told.post.returned = 1;
    say('Une lettre revient : rien ne s’ouvrira pour cette personne.');
  };
  const calls = async () => {
    told.caller = await bring(client, caller, { channel: 'phone', on: await client.clock() });
    if (told.caller === 'done') count();
  };
  const writes = async () => {
    told.writer = await bring(client, writer, {
      channel: 'post',
      on: after(wave.sendOn, 40).slice(0, 10),
    });
    if (told.writer === 'done') count();
    say(
      'Une lettre d’opposition, écrite à temps, arrive après l’ouverture : l’espace est refermé.',
    );
  };
  const leaves = (act: () => Promise<string>) => async () => {
    told.leaving.acts.push(await act());
  };
  const isCertified = async () => {
    told.leaving.certificate = await certified(client, leaver);
    say('Un espace est supprimé avec sa clé ; son titulaire en garde l’attestation.');
  };
  return [
    { at: after(wave.sendOn, 4), act: posts },
    { at: after(wave.sendOn, 12), act: comesBack },
    { at: after(wave.sendOn, 20), act: calls },
    { at: after(wave.sendOn, 47), act: writes },
    { at: after(wave.sendOn, 5), act: leaves(() => close(client, leaver, false)) },
    { at: after(wave.sendOn, 6), act: leaves(() => reopen(client, leaver)) },
    { at: after(wave.sendOn, 7), act: leaves(() => close(client, leaver, true)) },
    { at: after(wave.sendOn, 45), act: isCertified },
  ];
}

/** How the counts of the first wave differ by them. */
export const beyondOf = ({ post }: OthersTold) => ({
  ...{ activated: 1, left: 1, waiting: post.returned },
  // One of them stands among those informed by mail already: his came back.
  byLetter: post.posted - 1,
});
export const nobody = { activated: 0, left: 0, waiting: 0, byLetter: 0 };

/** What went otherwise than it should have, in words. */
export function othersFaults({ post, caller, writer, leaving }: OthersTold): string[] {
  const checks: [boolean, string][] = [
    [post.posted > 1, `${post.posted} lettres postées`],
    [caller === 'done', `l’opposition par téléphone : ${caller}`],
    [writer === 'done', `l’opposition par courrier : ${writer}`],
    [
      leaving.acts.every((act) => act === 'done') && leaving.acts.length === 3,
      `fermeture, réouverture, demande de suppression : ${leaving.acts.join(', ')}`,
    ],
    [leaving.certificate, 'l’attestation de suppression ne se vérifie pas'],
  ];
  return checks.filter(([ok]) => !ok).map(([, wrong]) => wrong);
}
