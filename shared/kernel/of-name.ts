/** « de » before a name, as one says it: `de Léa`, `d’Inès`, `d’Yves`, `de Yanis` (the h of a name is heard as it is written). */
export function ofName(name: string): string {
  const plain = name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
  return /^([aeiouœæ]|y[^aeiou])/.test(plain) ? `d’${name}` : `de ${name}`;
}
