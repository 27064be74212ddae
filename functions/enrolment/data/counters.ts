import type { Counter } from '../schema-counters.ts';

/** Day from which this list stands; a change moves it. */
export const countersVersion = '2022-01-31';

const weekdays: Counter['hours'][number]['days'] = [
  ...(['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] as const),
];
const officeHours: Counter['hours'] = [
  { days: weekdays, from: '09:00', until: '12:00' },
  { days: weekdays, from: '13:30', until: '17:00' },
];

/** Invented counters, a line each: whoever runs this for real puts his own here. In the order of their ids. */
export const counters: readonly Counter[] = [
  {
    ...{ id: '12-millau', kind: 'france-services', name: 'France Services de démonstration' },
    ...{ department: '12', address: ['1 place de la Démonstration'], postcode: '12100' },
    ...{ city: 'Millau', hours: officeHours, access: ['step-free', 'hearing-loop'] },
    help: ['activate', 'object', 'read', 'ask-for-code'],
  },
  {
    ...{ id: '31-toulouse', kind: 'insurance-body', name: 'Caisse de démonstration' },
    ...{ department: '31', address: ['2 rue de l’Exemple'], postcode: '31000' },
    ...{ city: 'Toulouse', hours: officeHours, access: ['step-free', 'sign-language'] },
    help: ['activate', 'object', 'read', 'close', 'ask-for-code'],
  },
  {
    ...{ id: '59-lille', kind: 'insurance-body', name: 'Caisse de démonstration' },
    ...{ department: '59', address: ['3 avenue du Modèle'], postcode: '59000' },
    ...{ city: 'Lille', hours: officeHours, access: ['step-free'] },
    help: ['activate', 'object', 'read', 'close', 'ask-for-code'],
  },
  {
    ...{ id: '59-maubeuge', kind: 'france-services', name: 'France Services de démonstration' },
    ...{ department: '59', address: ['4 rue du Spécimen'], postcode: '59600' },
    ...{ city: 'Maubeuge', access: ['step-free', 'large-print'] },
    hours: [{ days: ['tuesday', 'saturday'], from: '09:00', until: '12:30' }],
    help: ['activate', 'object', 'ask-for-code'],
  },
  {
    ...{ id: '974-saint-denis', kind: 'france-services', name: 'France Services de démonstration' },
    ...{ department: '974', address: ['5 rue de l’Épreuve'], postcode: '97400' },
    ...{ city: 'Saint-Denis', hours: officeHours, access: ['step-free'] },
    help: ['activate', 'object', 'read', 'ask-for-code'],
  },
];
