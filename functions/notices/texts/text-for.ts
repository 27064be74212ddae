import type { NoticeCode } from '../schema.ts';

/** What a text message says of each: a sentence in the GSM alphabet. Nothing medical, no link, nobody named. */
const told: Readonly<Record<NoticeCode, string>> = {
  OPPOSITION: "votre refus est enregistré, l'espace ne sera pas ouvert.",
  OUVERTURE: "l'espace est ouvert. Vous pouvez le fermer à tout moment.",
  RAPPEL_DELAI: "le délai pour refuser l'ouverture de l'espace finit dans quelques jours.",
  ACTIVATION: "l'espace est maintenant activé.",
  COMPTE_MINEUR: "un compte personnel ouvre aussi l'espace.",
  NOUVEAU_LIEN: "un nouveau compte ouvre maintenant l'espace.",
  CLOTURE: "l'espace est fermé. Vous pouvez le rouvrir.",
  DEMANDE_SUPPRESSION: "la suppression de l'espace est demandée. Vous pouvez encore l'annuler.",
  RAPPEL_SUPPRESSION: "l'espace sera supprimé dans quelques jours, avec tout son contenu.",
  SUPPRESSION_ARRETEE: "la suppression demandée n'aura pas lieu, l'espace reste fermé.",
  REOUVERTURE: "l'espace est rouvert.",
  SUSPENSION: "l'espace est suspendu. Un courrier vous explique pourquoi et que faire.",
  CONTESTATION_SUSPENSION: "contestation enregistrée. L'espace reste suspendu jusqu'à la décision.",
  REPRISE: "l'espace est de nouveau accessible.",
  CLOTURE_SUSPENSION: "l'espace qui était suspendu est fermé.",
  DEMANDE_CLOTURE: "la fermeture de l'espace est demandée. Vous pouvez vous y opposer.",
  CLOTURE_ARRETEE: "la fermeture de l'espace est annulée.",
  CLOTURE_A_CONFIRMER: 'fermeture demandée à un conseiller. Un autre va vous rappeler.',
  CLOTURE_ABANDONNEE: "la fermeture demandée à un conseiller n'aura pas lieu.",
  CLOTURE_NON_CONFIRMEE: "fermeture demandée à un conseiller : elle n'a pas été faite.",
  INVITATION_REPRESENTANT: 'un second représentant légal est invité.',
  INVITATION_REFUSEE: "l'invitation d'un second représentant légal est refusée.",
  REPRESENTANT_AJOUTE: "un représentant légal de plus a accès à l'espace.",
  REPRESENTANT_RETIRE: "un représentant légal n'a plus accès à l'espace.",
  REPRESENTANT_RETABLI: 'un représentant légal peut de nouveau agir.',
  RAPPEL_CONSENT_RL_PASSAGE_MAJO: "l'accès des parents prend fin aux 18 ans.",
  RAPPEL_CONSENT_PASSAGE_MAJO: "18 ans : les parents n'ont plus accès à l'espace.",
  PREMIERE_CONNEXION: "première connexion à l'espace.",
  CONSULTATION_ACCOMPAGNEE: "l'espace a été consulté à un guichet avec un conseiller.",
  AJOUT_DOCUMENT: "un document a été ajouté dans l'espace.",
  REUNION: 'vos deux espaces sont réunis en un seul.',
  SUPPRESSION: "l'espace est supprimé, avec tout son contenu.",
  SEPARATION: 'deux espaces réunis par erreur sont séparés. Un conseiller vous dira tout au 3422.',
};

/** The text message of a notice: one part, for its holder or for the guardian of the child that it is about. */
export function textFor(code: NoticeCode, about?: string): string {
  const whose = about === undefined ? '' : ' de votre enfant';
  return `Mon espace santé${whose} : ${told[code]} Pas vous, une question ? 3422`;
}
