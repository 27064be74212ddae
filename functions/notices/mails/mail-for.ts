import type { Letter } from '#shared/mail/letter.ts';
import { recordDeleted } from '#shared/mail/record-deleted.ts';
import type { Person } from '#shared/record/person.ts';
import type { Standing } from '#shared/record/standing.ts';
import type { NoticeCode } from '../schema.ts';
import { activated } from './activated.ts';
import { closureDropped, closureLapsed, closureToConfirm } from './agent-closure.ts';
import { assisted } from './assisted.ts';
import { closed } from './closed.ts';
import { closedAfterSuspension } from './closed-after-suspension.ts';
import { closureStopped, closureWished } from './closure-wish.ts';
import { contested } from './contested.ts';
import { deadlineNear } from './deadline-near.ts';
import { deletionNear } from './deletion-near.ts';
import { deletionRequested } from './deletion-requested.ts';
import { deletionStopped } from './deletion-stopped.ts';
import { documentAdded } from './document-added.ts';
import { forChild } from './for-child.ts';
import { type OfGuardians, ofGuardians } from './guardians.ts';
import {
  cameOfAge,
  cameOfAgeForGuardian,
  majorityNear,
  majorityNearForGuardian,
} from './majority.ts';
import { merged } from './merged.ts';
import { minorLinked, minorLinkedForGuardian } from './minor-linked.ts';
import { opened } from './opened.ts';
import { opposed } from './opposed.ts';
import { parted } from './parted.ts';
import { relinked } from './relinked.ts';
import { reopened } from './reopened.ts';
import { resumed } from './resumed.ts';
import { signedIn } from './signed-in.ts';
import { suspended } from './suspended.ts';

type Told =
  | 'status'
  | 'department'
  | 'deadlineAt'
  | 'deleteFrom'
  | 'closeFrom'
  | 'child'
  | 'guardians'
  | 'closing'
  | 'agentClosing'
  | 'closedAfter'
  | 'linkTag';

interface To extends Pick<Standing, Told> {
  readonly person: Person;
  readonly counts?: Readonly<Record<string, number>> | undefined;
  readonly reference?: string | undefined;
  /** The first name of the child that it is about, where its reader is a guardian. */
  readonly about?: string | undefined;
  /** The reader is whom an order about a child's guardians concerns. */
  readonly isConcerned?: boolean | undefined;
}

/** The mail of a notice. Nothing medical in any of them, no link, and nobody named but the holder, or his guardian's child. */
export function mailFor(code: NoticeCode, to: To): Letter {
  const { about } = to;
  // Of a majority each is told in words of his own.
  if (code === 'RAPPEL_CONSENT_RL_PASSAGE_MAJO')
    return about ? majorityNearForGuardian(to, about) : majorityNear(to);
  if (code === 'RAPPEL_CONSENT_PASSAGE_MAJO')
    return about ? cameOfAgeForGuardian(to, about) : cameOfAge(to);
  if (code === 'COMPTE_MINEUR') return about ? minorLinkedForGuardian(to, about) : minorLinked(to);
  if (isOfGuardians(code)) return ofGuardians(code, to);
  return forChild(ofRecord(code, to), about);
}

type OfRecord = Exclude<
  NoticeCode,
  OfGuardians | 'RAPPEL_CONSENT_RL_PASSAGE_MAJO' | 'RAPPEL_CONSENT_PASSAGE_MAJO' | 'COMPTE_MINEUR'
>;

const isOfGuardians = (code: NoticeCode): code is OfGuardians =>
  /^(INVITATION|REPRESENTANT)_/.test(code);

function ofRecord(code: OfRecord, to: To): Letter {
  const { person, status } = to;
  switch (code) {
    case 'OPPOSITION':
      return opposed(person, to.reference);
    case 'OUVERTURE':
      return opened(person);
    case 'RAPPEL_DELAI':
      return deadlineNear(person, to);
    case 'ACTIVATION':
      return activated(person);
    case 'NOUVEAU_LIEN':
      return relinked(person);
    case 'CLOTURE':
      return closed(person, to);
    case 'DEMANDE_SUPPRESSION':
      return deletionRequested(person, to);
    case 'RAPPEL_SUPPRESSION':
      return deletionNear(person, to);
    case 'SUPPRESSION_ARRETEE':
      return deletionStopped(person, to);
    case 'DEMANDE_CLOTURE':
      return closureWished(person, to);
    case 'CLOTURE_ARRETEE':
      return closureStopped(person);
    case 'CLOTURE_A_CONFIRMER':
      return closureToConfirm(person, to);
    case 'CLOTURE_ABANDONNEE':
      return closureDropped(person, to);
    case 'CLOTURE_NON_CONFIRMEE':
      return closureLapsed(person, to);
    case 'REOUVERTURE':
      return reopened(person);
    case 'SUSPENSION':
      return suspended(person, to);
    case 'CONTESTATION_SUSPENSION':
      return contested(person);
    case 'REPRISE':
      return resumed(person);
    case 'CLOTURE_SUSPENSION':
      return closedAfterSuspension(person, to);
    case 'PREMIERE_CONNEXION':
      return signedIn(person);
    case 'CONSULTATION_ACCOMPAGNEE':
      return assisted(person);
    case 'AJOUT_DOCUMENT':
      return documentAdded(person, { isActivated: status === 'activated' });
    case 'REUNION':
      return merged(person);
    case 'SUPPRESSION':
      return recordDeleted(person);
    case 'SEPARATION': {
      const { readings = 0, lists = 0, histories = 0 } = to.counts ?? {};
      return parted(person, { readings, lists, histories });
    }
    default:
      return code satisfies never;
  }
}
