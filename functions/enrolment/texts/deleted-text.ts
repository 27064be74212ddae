/** The text message that tells of the end of a record (ENR-44): one part, in the GSM alphabet, nobody named. */
export const deletedText = (isChilds: boolean): string =>
  `Mon espace santé${isChilds ? ' de votre enfant' : ''} : l'espace est supprimé, avec tout son contenu. Une question ? 3422`;
