import { hash, randomUUID } from 'node:crypto';
import { type AccessGrant, type Asking, grantFeeding, grantOwner } from '#shared/access/grant.ts';
import { refuse as refuseAccess } from '#shared/access/refusals.ts';
import { cancellation } from '#shared/aws/faults.ts';
import { Rivalled } from '#shared/aws/transact.ts';
import type { AnyResource } from '#shared/fhir/any-resource.ts';
import { isFit, Unfit } from '#shared/fhir/issue.ts';
import { type SignedIn, signedIn } from '#shared/http/caller.ts';
import { operation } from '#shared/http/operation.ts';
import { appendLine } from '#shared/journal/append.ts';
import { idFrom, newId } from '#shared/random.ts';
import { theJudge } from './judge.ts';
import { entryOf } from './lines.ts';
import { noteLate } from './note-late.ts';
import { ownerOf } from './owner.ts';
import { refuse } from './refusals.ts';
import { routes } from './routes.ts';
import type { Measured } from './rules/content.ts';
import { judgeDeposit } from './rules/deposit.ts';
import { describe, isHidden, isSecret } from './rules/describe.ts';
import type { Kind } from './rules/kind.ts';
import { insOf, professionalOf } from './rules/people.ts';
import { because } from './rules/reasons.ts';
import { DocumentReference } from './schema.ts';
import { documentWrites, findUnique, loadDocument, openDocument } from './store.ts';
import { putContent } from './vault-store.ts';

/** What one request may carry; larger ones will be sent in parts. */
const mostBytes = 4 * 1024 * 1024;

/** A deposit that is fit to be filed. */
interface Fit {
  readonly document: DocumentReference;
  readonly kind: Kind;
  readonly measured: Measured;
}

export const depositDocument = operation(routes.depositDocument, async (asked) => {
  const caller = signedIn(asked.caller);
  const fit = await fitOf(asked.body, caller, asked.receivedAt);
  const grant = await grantFor(asked, fit.document);
  const { status, resource } = await file(grant, fit, {
    uniqueOf: (holder) => uniqueOf(caller, holder, { grant, document: fit.document }),
    receivedAt: asked.receivedAt,
  });
  return {
    status,
    body: resource,
    headers: { etag: `W/"1"`, location: `/fhir/DocumentReference/${resource.id ?? ''}` },
  };
});

/** The deposit, judged by itself: nobody is looked up for one that is not fit. */
async function fitOf(body: AnyResource, caller: SignedIn, receivedAt: number): Promise<Fit> {
  if (body.resourceType !== 'DocumentReference') throw refuse('other-resource');
  const judge = await theJudge();
  const sound = judge(body);
  if (!isFit(sound)) throw new Unfit(sound);
  const document = DocumentReference.parse(body);
  const bytes = Buffer.from(document.content[0]?.attachment.data ?? '', 'base64');
  if (bytes.length > mostBytes) throw refuse('too-large');
  const measured = { bytes, sizeBytes: bytes.length, sha1: hash('sha1', bytes, 'base64') };
  const by = caller.kind === 'holder' ? 'holder' : 'establishment';
  const { issues, kind } = judgeDeposit({ document, measured, by, now: receivedAt });
  if (!isFit(issues) || !kind) throw new Unfit([...issues, ...sound]);
  return { document, kind, measured };
}

/** May this caller put it into this record? A holder may name himself as the patient, but nobody else. */
async function grantFor(asked: Asking, document: DocumentReference): Promise<AccessGrant> {
  const subject = insOf(document);
  const caller = signedIn(asked.caller);
  if (caller.kind === 'holder') {
    const grant = await grantOwner(asked);
    if (subject === 'subject-missing') return grant;
    if (typeof subject === 'string')
      throw new Unfit([because(subject, 'DocumentReference.subject')]);
    if ((await ownerOf(subject.ins)) !== grant.holder) throw refuseAccess('unknown-patient');
    return grant;
  }
  const professional = professionalOf(document);
  if (typeof subject === 'string') throw new Unfit([because(subject, 'DocumentReference.subject')]);
  if (!professional) throw new Unfit([because('author-professional', 'DocumentReference.author')]);
  return grantFeeding(caller, { ins: subject.ins, professional, at: asked.receivedAt });
}

/** A producer's identifier, as the key under which a record takes it; nothing can be read from it. */
function uniqueOf(
  { kind, subject }: SignedIn,
  holder: string,
  { grant, document }: { readonly grant: AccessGrant; readonly document: DocumentReference },
): string {
  // The account's own record: by the name that it had when it deposited.
  const own = grant.actor.id === grant.holder ? holder : grant.actor.id;
  const producer = kind === 'holder' ? own : subject;
  return idFrom('unique', holder, kind, producer, document.masterIdentifier?.value ?? '');
}

/**
 * Content first, then the document, its identifier and the line as one: of whatever is killed in between,
 * nobody ever sees a part. A repetition finds what it did before.
 */
async function file(
  grant: AccessGrant,
  fit: Fit,
  by: { uniqueOf: (holder: string) => string; receivedAt: number },
): Promise<{ status: 200 | 201; resource: DocumentReference }> {
  const { receivedAt, uniqueOf } = by;
  const before = await findUnique(grant, uniqueOf);
  // To be found again where it goes should the two records be parted.
  const unique = uniqueOf(grant.origin ?? grant.holder);
  if (before !== undefined) return repeated(grant, fit, { document: before, receivedAt });
  const document = newId();
  const registered = {
    document,
    version: 1,
    entry: randomUUID(),
    receivedAt: new Date(receivedAt).toISOString(),
  };
  const sha256 = await putContent(grant, registered, fit.measured.bytes);
  const resource = describe(fit.document, fit, registered);
  const described = { resource, sha256, unique };
  const hidden = isHidden(resource);
  // Of who is of age there is nobody to keep it from.
  const secret = grant.isMinors && isSecret(resource);
  const act = {
    id: newId(),
    at: receivedAt,
    action: 'documents/deposit-document',
    document,
    hidden,
    secret,
  };
  const status = 'current' as const;
  const origin = grant.origin === undefined ? {} : { origin: grant.origin };
  try {
    await appendLine(entryOf(grant, act), {
      beside: () => documentWrites(grant, { ...registered, ...origin, status, described }),
    });
  } catch (error) {
    // Somebody was faster with the same identifier: the same deposit sent twice at once, or another.
    const other = cancellation(error)?.includes('ConditionalCheckFailed')
      ? await findUnique(grant, uniqueOf)
      : undefined;
    if (other === undefined) throw error;
    return repeated(grant, fit, { document: other, receivedAt });
  }
  // A merge since the grant has left it behind: the worker comes again.
  await noteLate(grant.holder, receivedAt);
  return { status: 201, resource };
}

/** The same content again is the same document; another one under the same identifier is refused. */
async function repeated(
  grant: AccessGrant,
  fit: Fit,
  { document, receivedAt }: { readonly document: string; readonly receivedAt: number },
) {
  const filed = await loadDocument(grant, document);
  // On its way from a record that was merged into this one: the same request succeeds a moment later.
  if (!filed) {
    for (const name of grant.names) if (name !== grant.holder) await noteLate(name, receivedAt);
    throw new Rivalled();
  }
  const described = await openDocument(grant, filed);
  if (described.sha256 !== hash('sha256', fit.measured.bytes, 'base64'))
    throw refuse('other-content');
  // From what was sent now, not from what is kept: the patient may have changed who sees it.
  return { status: 200 as const, resource: describe(fit.document, fit, filed) };
}
