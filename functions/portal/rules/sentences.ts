const missing = {
  nir: 'écrivez le numéro de sécurité sociale',
  cardSerial: 'écrivez le numéro de la carte Vitale',
  code: 'écrivez le code du courrier',
  birthDate: 'écrivez la date de naissance de l’enfant',
  ownBirthDate: 'écrivez votre date de naissance',
  rank: 'écrivez le numéro de l’enfant',
  certifies: 'répondez par oui ou par non',
  by: 'choisissez comment vous voulez recevoir le code',
} as const;

const wrongDay = 'cette date n’existe pas, écrivez par exemple';
const mistaken = {
  nir: 'ce numéro de sécurité sociale n’est pas juste, comparez chaque chiffre avec la carte Vitale',
  cardSerial: 'ce numéro de carte Vitale n’est pas juste, il n’a que des chiffres, de 8 à 13',
  code: 'ce code n’est pas juste, comparez chaque lettre et chaque chiffre avec le courrier',
  birthDate: `${wrongDay} 05/03/2015`,
  ownBirthDate: `${wrongDay} 12/05/1942`,
  rank: 'ce numéro est un chiffre, de 1 à 9',
  certifies: missing.certifies,
  by: missing.by,
} as const satisfies Record<keyof typeof missing, string>;

/** What is wrong with a field, in words that say what to do. What was typed is not repeated: it stands beside. */
export const sentenceFor = (field: keyof typeof missing, typed: string): string =>
  (typed.trim() === '' ? missing : mistaken)[field];
