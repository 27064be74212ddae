import type { Letter } from '#shared/mail/letter.ts';

/**
 * Six digits for an address that is not confirmed yet: it may be a stranger's, so the mail names nobody
 * and says nothing of a record.
 */
export function confirmAddress({ otp, minutes }: { otp: string; minutes: number }): Letter {
  return {
    subject: 'Mon espace santé : votre code de confirmation',
    greeting: 'Bonjour,',
    sections: [
      {
        paragraphs: [
          'Vous avez donné cette adresse électronique sur le site de Mon espace santé. Pour confirmer que c’est la vôtre, recopiez ces six chiffres sur le site :',
        ],
        code: otp,
      },
      {
        paragraphs: [
          `Ce code est valable ${minutes} minutes. Il ne sert qu’une fois.`,
          'Si vous n’avez rien demandé, ne faites rien : sans ces chiffres, il ne se passe rien.',
        ],
      },
    ],
  };
}
