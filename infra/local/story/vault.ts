import type { Client } from '#infra/local/client.ts';
import { judge } from '#infra/local/verify/judge.ts';
import { exportOf } from '#infra/local/verify/read-export.ts';
import { turnBitInJournal, turnBitInVault, withBitTurned } from './damage.ts';
import { activate, askForCode, type Holder } from './holder.ts';
import { exported, history, newest, read, verified } from './reading.ts';

/** What became of the two people whose records are followed beyond the opening. */
export interface VaultTold {
  /** The one who activated within the six weeks. */
  inTime: string;
  /** A hospital's deposit into a record that had opened by itself. */
  filed: string;
  /** Its holder's activation, weeks later. */
  later: string;
  /** The words that the holder read. */
  words: string;
  history: string[];
  verified: boolean;
  /** Where one bit was turned, and whether that was found. */
  found: { vault: boolean; journal: boolean; download: boolean };
}

export const nothingTold: VaultTold = {
  ...{ inTime: '', filed: '', later: '', words: '', history: [], verified: false },
  found: { vault: false, journal: false, download: false },
};

/** The holder of a record opened by itself comes: a new code, activation, reading. */
export async function comes(
  client: Client,
  holder: Holder,
  codeOf: () => Promise<string>,
): Promise<Pick<VaultTold, 'later' | 'words'>> {
  const asked = await askForCode(client, holder);
  const later = asked === 'asked' ? await activate(client, holder, await codeOf()) : asked;
  const url = await newest(client, holder);
  return { later, words: url === undefined ? '' : await read(client, holder, url) };
}

/** He reads who did what; then bits are turned where it lies, and turned back. */
export async function verifies(
  client: Client,
  holder: Holder,
  folder: string,
): Promise<Pick<VaultTold, 'history' | 'verified' | 'found'>> {
  const told = await history(client, holder);
  const download = await exported(client, holder);
  const whole = exportOf([download]);
  const isWhole = (await verified(client, holder)) && judge(whole).ok;
  const inDownload = !judge(exportOf([withBitTurned(download)])).ok;

  const table = client.info.resources.JOURNAL_TABLE ?? '';
  turnBitInJournal(folder, table, whole.holder);
  const inJournal = !(await verified(client, holder));
  turnBitInJournal(folder, table, whole.holder);

  const bucket = client.info.resources.VAULT_BUCKET ?? '';
  const url = (await newest(client, holder)) ?? '';
  turnBitInVault(folder, bucket);
  const refused = await read(client, holder, url);
  turnBitInVault(folder, bucket);
  const inVault = refused === 'request/integrity';
  return {
    history: told,
    verified: isWhole && (await verified(client, holder)),
    found: { vault: inVault, journal: inJournal, download: inDownload },
  };
}

/** What went otherwise than it should have, in words. */
export function vaultFaults(told: VaultTold, words: string): string[] {
  const { found } = told;
  const checks: [boolean, string][] = [
    [told.inTime === 'activated', `l’activation dans les six semaines : ${told.inTime}`],
    [told.filed === 'filed', `le dépôt de l’hôpital : ${told.filed}`],
    [told.later === 'activated', `l’activation après l’ouverture : ${told.later}`],
    [told.words === words, 'le document lu n’est pas celui qui a été déposé'],
    [
      told.history.includes('Dépôt d’un document') &&
        told.history.includes('Consultation d’un document'),
      'l’historique ne dit pas le dépôt et la lecture',
    ],
    [told.verified, 'l’historique ne se vérifie pas'],
    [found.vault, 'un bit changé dans le coffre n’a pas été vu'],
    [found.journal, 'un bit changé dans le journal n’a pas été vu'],
    [found.download, 'un bit changé dans l’historique téléchargé n’a pas été vu'],
  ];
  return checks.filter(([ok]) => !ok).map(([, wrong]) => wrong);
}
