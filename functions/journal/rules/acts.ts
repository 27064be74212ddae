import type { Group } from '../schema.ts';

/** What the holder reads of an act, and what FHIR calls it. */
export interface Act {
  readonly group: Group;
  /** French, what happened; after « Tentative refusée : » as well. */
  readonly told: string;
  /** Create, read, update, delete, execute. */
  readonly fhir: 'C' | 'R' | 'U' | 'D' | 'E';
}

const general = (fhir: Act['fhir'], told: string): Act => ({ group: 'GENERAL', told, fhir });
const document = (fhir: Act['fhir'], told: string): Act => ({
  group: 'MEDICAL_DOCUMENT',
  told,
  fhir,
});

/** Every act that a room writes into the journal of a holder (ACC-53); a test holds it against the code. */
export const acts: Readonly<Record<string, Act>> = {
  'enrolment/import-insured': general('C', 'Inscription par votre caisse d’assurance maladie'),
  'enrolment/update-insured': general(
    'U',
    'Mise à jour de vos coordonnées par votre caisse d’assurance maladie',
  ),
  'enrolment/regroup-insured': general('U', 'Changement de département'),
  'enrolment/send-invitation': general('E', 'Envoi du message qui annonce l’ouverture'),
  'enrolment/defer-to-letter': general('E', 'Information remise à un courrier, faute d’e-mail'),
  'enrolment/request-code': general('E', 'Demande d’un nouveau code provisoire'),
  'enrolment/renew-code': general('E', 'Envoi d’un nouveau code provisoire'),
  'enrolment/note-bounce': general(
    'E',
    'Message d’information non remis, ou signalé comme indésirable',
  ),
  'enrolment/request-letter': general('E', 'Demande d’un nouveau code provisoire par courrier'),
  'enrolment/prepare-letter': general('E', 'Préparation d’un courrier pour vous'),
  'enrolment/send-letter': general('E', 'Envoi du courrier qui annonce l’ouverture'),
  'enrolment/spoil-letter': general('E', 'Courrier non envoyé, à refaire'),
  'enrolment/drop-letter': general('E', 'Courrier préparé, puis retiré avant son envoi'),
  'enrolment/note-return': general('E', 'Retour d’un courrier, qui n’a pas pu être remis'),
  'enrolment/burn-code': general('U', 'Blocage du code provisoire après trop d’essais'),
  'enrolment/tell-burnt-code': general('E', 'Message qui annonce le blocage du code provisoire'),
  'enrolment/oppose': general('U', 'Opposition à l’ouverture de votre espace'),
  'enrolment/remind-deadline': general(
    'E',
    'Rappel : le délai pour vous opposer se termine bientôt',
  ),
  'enrolment/open': general('U', 'Ouverture de votre espace à la fin du délai'),
  'enrolment/begin-activation': general('E', 'Demande d’activation de votre espace'),
  'enrolment/activate': general('U', 'Activation de votre espace'),
  'enrolment/activate-child': general('E', 'Demande d’activation de votre espace par un parent'),
  'enrolment/block-child': general(
    'U',
    'Ouverture bloquée : la personne informée n’est pas votre représentant légal',
  ),
  'enrolment/lift-block': general('U', 'Levée du blocage de l’ouverture de votre espace'),
  'enrolment/withdraw-guardian': general('U', 'Fin de l’accès d’un représentant légal'),
  'enrolment/restore-guardian': general(
    'U',
    'Annulation de la fin de l’accès d’un représentant légal',
  ),
  'enrolment/invite-guardian': general('E', 'Invitation d’un second représentant légal'),
  'enrolment/withdraw-invitation': general(
    'E',
    'Invitation d’un second représentant légal annulée',
  ),
  'enrolment/refuse-guardianship': general('E', 'Invitation refusée par la personne invitée'),
  'enrolment/join-guardian': general('U', 'Accès donné à votre représentant légal'),
  'enrolment/remind-majority': general('E', 'Rappel : votre majorité est proche'),
  'enrolment/come-of-age': general(
    'U',
    'Majorité : vos représentants légaux n’ont plus accès à votre espace',
  ),
  'enrolment/link-minor': general('U', 'Rattachement de votre propre compte, avant vos 18 ans'),
  'enrolment/relink': general('U', 'Rattachement de votre espace à un autre compte'),
  'enrolment/accept-conditions': general('U', 'Acceptation des nouvelles conditions d’utilisation'),
  'enrolment/open-assisted-session': general(
    'E',
    'Début d’une consultation accompagnée, dans un point d’accueil',
  ),
  'enrolment/end-assisted-session': general('E', 'Fin d’une consultation accompagnée'),
  'enrolment/close': general('U', 'Fermeture de votre espace'),
  'enrolment/wish-closure': general(
    'E',
    'Demande de fermeture de votre espace par un représentant légal',
  ),
  'enrolment/stop-closure': general('U', 'Demande de fermeture de votre espace arrêtée'),
  'enrolment/ask-closure': general(
    'E',
    'Demande de fermeture de votre espace, faite auprès d’un conseiller',
  ),
  'enrolment/withdraw-closure': general(
    'U',
    'Abandon de la fermeture demandée auprès d’un conseiller',
  ),
  'enrolment/lapse-closure': general(
    'U',
    'Fermeture demandée auprès d’un conseiller, non confirmée à temps',
  ),
  'enrolment/record-death': general('U', 'Enregistrement d’un décès'),
  'enrolment/correct-death': general('U', 'Annulation d’un décès enregistré par erreur'),
  'enrolment/halt-letter': general('U', 'Courrier d’information arrêté avant son impression'),
  'enrolment/leave-wave': general('U', 'Retour parmi les personnes à informer'),
  'enrolment/note-left': general('U', 'Fin de votre affiliation, signalée par votre caisse'),
  'enrolment/replace-nir': general('U', 'Remplacement de votre numéro de sécurité sociale'),
  'enrolment/restore-nir': general(
    'U',
    'Retour à votre ancien numéro de sécurité sociale, remplacé par erreur',
  ),
  'enrolment/absorb-record': general(
    'U',
    'Réunion de votre espace avec un autre, ouvert à votre nom sous un autre numéro',
  ),
  'enrolment/merge-record': general(
    'U',
    'Réunion de cet espace avec un autre, ouvert à votre nom sous un autre numéro',
  ),
  'enrolment/part-record': general(
    'U',
    'Séparation de votre espace, réuni par erreur avec celui d’une autre personne',
  ),
  'enrolment/release-record': general(
    'U',
    'Séparation de votre espace d’un autre, réuni par erreur avec le vôtre',
  ),
  'enrolment/suspend': general('U', 'Suspension de votre espace'),
  'enrolment/object-to-suspension': general('U', 'Contestation de la suspension de votre espace'),
  'enrolment/resume': general('U', 'Fin de la suspension : votre espace est rétabli'),
  'enrolment/close-suspended': general('U', 'Fermeture de votre espace après sa suspension'),
  'enrolment/request-deletion': general('U', 'Demande de suppression de votre espace'),
  'enrolment/stop-deletion': general(
    'U',
    'Suppression annulée, faute de représentant légal : votre espace reste fermé',
  ),
  'enrolment/remind-deletion': general('E', 'Rappel : la suppression de votre espace est proche'),
  'enrolment/begin-deletion': general('D', 'Début de la suppression de votre espace'),
  'enrolment/finish-deletion': general('D', 'Fin de la suppression de votre espace'),
  'enrolment/postpone-deletion': general(
    'U',
    'Suppression remise à plus tard, pour que le rappel vous parvienne par courrier',
  ),
  'enrolment/order-last-letter': general(
    'E',
    'Message de fin remis à un courrier, faute d’un autre moyen',
  ),
  'enrolment/tell-deletion': general(
    'D',
    'Message de fin, puis effacement de votre identité et de vos adresses',
  ),
  'enrolment/end-trace': general('D', 'Fin de la conservation des traces de votre espace supprimé'),
  'documents/destroy-key': document('D', 'Destruction de la clé de vos documents'),
  'documents/take-in': document('U', 'Documents de vos deux espaces rangés dans le même'),
  'documents/note-late': document('U', 'Document arrivé pendant la réunion de vos deux espaces'),
  'documents/tell-reading': document(
    'R',
    'Un de vos documents, lu dans un espace réuni par erreur avec le vôtre',
  ),
  'documents/tell-mix-up': document(
    'U',
    'Documents remis à leur place après la réunion par erreur de deux espaces',
  ),
  'documents/erase-record': document('D', 'Effacement de tous vos documents'),
  'notices/erase-record': general('D', 'Effacement de vos notifications'),
  'documents/take-in-dmp': document(
    'C',
    'Réception de votre dossier médical partagé, conservé jusqu’à l’ouverture',
  ),
  'documents/transfer-dmp': document(
    'C',
    'Reprise de votre dossier médical partagé dans votre espace',
  ),
  'documents/archive-dmp': document('U', 'Fermeture et archivage de votre dossier médical partagé'),
  'enrolment/note-dmp': general('U', 'Dossier médical partagé existant, signalé par son opérateur'),
  'enrolment/reopen': general('U', 'Réouverture de votre espace'),
  'identity/first-sign-in': general('E', 'Première connexion à votre espace'),
  'notices/post-letter': general('E', 'Envoi d’un courrier pour vous prévenir'),
  'notices/note-return': general(
    'E',
    'Retour d’un courrier qui devait vous prévenir, et qui n’a pas pu être remis',
  ),
  'notices/tell-holder': general('E', 'Envoi d’un message pour vous prévenir'),
  'documents/deposit-document': document('C', 'Dépôt d’un document'),
  'documents/read-document': document('R', 'Consultation de la fiche d’un document'),
  'documents/read-content': document('R', 'Consultation d’un document'),
  'documents/search-documents': document('R', 'Consultation de la liste de vos documents'),
  'journal/print-history': general('R', 'Impression de votre historique'),
  'journal/export-history': general('R', 'Téléchargement de votre historique'),
};

/** Groups of rooms; an act that was written before this table knew it still gets the right one. */
const groups: Readonly<Record<string, Group>> = {
  documents: 'MEDICAL_DOCUMENT',
  catalogue: 'SERVICE_TIERS',
};

/** What is told of an act; nothing is left out for want of a sentence. */
export function actOf(action: string): Act {
  const [room = ''] = action.split('/');
  return (
    acts[action] ?? {
      group: groups[room] ?? 'GENERAL',
      told: 'Opération sur votre espace',
      fhir: 'E',
    }
  );
}
