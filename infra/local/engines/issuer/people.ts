import type { Person } from '../engine.ts';

const citizen = { kind: 'holder', acr: 'eidas2' } as const;
/** Born in France. */
const born = (
  family_name: string,
  given_name: string,
  { on, sex, at }: { on: string; sex: 'female' | 'male'; at: string },
) => ({
  ...{ family_name, given_name, birthdate: on, gender: sex, birthplace: at },
  birthcountry: '99100',
});
const professional = { kind: 'professional', acr: 'eidas1' } as const;
const agent = { kind: 'agent', acr: 'mfa' } as const;

/** Who can be signed in as at home. Nobody of them exists: the names say so. */
export const people: readonly Person[] = [
  {
    ...citizen,
    id: 'camille',
    name: 'Camille Exemple',
    about: 'Assurée, 34 ans, Toulouse',
    subject: 'citizen-0001',
    identity: born('EXEMPLE', 'Camille', { on: '1987-02-14', sex: 'female', at: '31555' }),
  },
  {
    ...citizen,
    id: 'lucien',
    name: 'Lucien Fictif',
    about: 'Assuré, 78 ans, Rodez',
    subject: 'citizen-0002',
    identity: born('FICTIF', 'Lucien', { on: '1943-06-03', sex: 'male', at: '12202' }),
  },
  {
    ...citizen,
    id: 'ines',
    name: 'Inès Modèle',
    about: 'Assurée, 41 ans, mère de deux enfants, Carcassonne',
    subject: 'citizen-0003',
    identity: born('MODELE', 'Inès', { on: '1980-11-21', sex: 'female', at: '11069' }),
  },
  {
    ...citizen,
    id: 'yanis',
    name: 'Yanis Spécimen',
    about: 'Assuré, 19 ans, Montpellier',
    subject: 'citizen-0004',
    identity: born('SPECIMEN', 'Yanis', { on: '2003-04-30', sex: 'male', at: '34172' }),
  },
  {
    ...professional,
    id: 'docteur',
    name: 'Docteur Hélène Inventée',
    about: 'Médecin généraliste, Albi',
    subject: '899700000011',
    role: 'doctor',
    structure: 'Cabinet des Exemples',
  },
  {
    ...professional,
    id: 'infirmier',
    name: 'Marc Imaginaire',
    about: 'Infirmier libéral, Foix',
    subject: '899700000022',
    role: 'nurse',
    structure: 'Cabinet infirmier du Modèle',
  },
  {
    ...professional,
    id: 'urgentiste',
    name: 'Docteur Salima Supposée',
    about: 'Médecin urgentiste, SAMU, Toulouse',
    subject: '899700000033',
    role: 'emergency-doctor',
    structure: 'SAMU de démonstration',
  },
  {
    ...agent,
    id: 'campagne',
    name: 'Agathe Gabarit',
    about: 'Agente chargée des campagnes d’invitation',
    subject: 'agent-0001',
    role: 'campaign',
    structure: 'Caisse de démonstration',
  },
  {
    ...agent,
    id: 'conseiller',
    name: 'Théo Prototype',
    about: 'Conseiller du 3422',
    subject: 'agent-0002',
    role: 'adviser-3422',
    structure: 'Support de démonstration',
  },
  {
    ...agent,
    id: 'accueil',
    name: 'Nadège Maquette',
    about: 'Conseillère France Services, Millau',
    subject: 'agent-0003',
    role: 'desk',
    structure: 'France Services de démonstration',
  },
  {
    ...agent,
    id: 'imprimerie',
    name: 'Lucas Rotative',
    about: 'Imprimerie qui édite et poste les courriers',
    subject: 'agent-0004',
    role: 'print-shop',
    structure: 'Imprimerie de démonstration',
  },
  {
    ...agent,
    id: 'etat-civil',
    name: 'Odile Registre',
    about: 'Agente de la caisse qui tient l’état civil',
    subject: 'agent-0005',
    role: 'civil-status',
    structure: 'Caisse de démonstration',
  },
  {
    ...agent,
    id: 'superviseur',
    name: 'Bruno Patron',
    about: 'Superviseur : suspend un espace et décide de la suite',
    subject: 'agent-0006',
    role: 'supervisor',
    structure: 'Caisse de démonstration',
  },
  {
    kind: 'establishment',
    acr: 'organisation',
    id: 'laboratoire',
    name: 'Laboratoire des Épreuves',
    about: 'Logiciel d’un laboratoire de biologie',
    subject: 'establishment-0001',
    role: 'laboratory',
    structure: 'Laboratoire des Épreuves',
  },
  {
    kind: 'establishment',
    acr: 'organisation',
    id: 'hopital',
    name: 'Hôpital des Essais',
    about: 'Logiciel d’un hôpital public',
    subject: 'establishment-0002',
    role: 'hospital',
    structure: 'Hôpital des Essais',
  },
];

/** By id or by subject, undefined for nobody. */
export const personBy = (idOrSubject: string | undefined) =>
  people.find(({ id, subject }) => id === idOrSubject || subject === idOrSubject);
