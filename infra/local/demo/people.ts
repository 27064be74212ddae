import { type Insured, nirKey } from '#infra/local/story/people.ts';

function insured(
  thirteen: string,
  one: Omit<Insured, 'nir' | 'usedName' | 'email'> & { id: string },
): Insured {
  const { id, ...rest } = one;
  return {
    ...rest,
    nir: thirteen + nirKey(thirteen),
    usedName: one.birthName,
    email: `${id}@exemple.invalid`,
  };
}

/** The ready citizens as the insurer knows them: an empty world is given these four, already invited. */
export const demoPeople: readonly Insured[] = [
  insured('2870231555001', {
    id: 'camille',
    birthName: 'EXEMPLE',
    givenNames: 'Camille',
    birthDate: '1987-02-14',
    sex: 'F',
    addressLine: '1 rue de la République',
    postcode: '31000',
    city: 'Toulouse',
    department: '31',
    cardSerial: '31000000001',
  }),
  insured('1430612202002', {
    id: 'lucien',
    birthName: 'FICTIF',
    givenNames: 'Lucien',
    birthDate: '1943-06-03',
    sex: 'M',
    addressLine: '2 place du Bourg',
    postcode: '12000',
    city: 'Rodez',
    department: '12',
    cardSerial: '12000000002',
  }),
  insured('2801111069003', {
    id: 'ines',
    birthName: 'MODELE',
    givenNames: 'Inès',
    birthDate: '1980-11-21',
    sex: 'F',
    addressLine: '3 quai Bellevue',
    postcode: '11000',
    city: 'Carcassonne',
    department: '11',
    cardSerial: '11000000003',
  }),
  insured('1030434172004', {
    id: 'yanis',
    birthName: 'SPECIMEN',
    givenNames: 'Yanis',
    birthDate: '2003-04-30',
    sex: 'M',
    addressLine: '4 rue de l’Aiguillerie',
    postcode: '34000',
    city: 'Montpellier',
    department: '34',
    cardSerial: '34000000004',
  }),
];
