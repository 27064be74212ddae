/** The text message that tells of a blocked code and of the letter that follows (ENR-14): in the GSM alphabet, no link. */
export function blockedText({ isOfChild }: { readonly isOfChild: boolean }): string {
  const whose = isOfChild ? ' (espace de votre enfant)' : '';
  return `Mon espace santé${whose} : un code faux a été donné dix fois. Par sécurité, votre code provisoire est bloqué. Un courrier avec un nouveau code vous est envoyé. Aide : 3422`;
}
