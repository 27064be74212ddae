import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * One AWS service (or the issuers), played at home. An engine listens on nothing by itself: the door
 * hands it requests, tests put it on an ephemeral port with `serveEngine` (serve.ts).
 *
 * Creators, one per folder; all are idempotent over a folder and find what they stored before:
 * - `createDynamoDb(options): Promise<DynamoDbEngine>`                    dynamodb/engine.ts
 * - `createSqs(options & { endpoint }): SqsEngine`                        sqs/engine.ts
 * - `createKms(options): KmsEngine`                                       kms/engine.ts
 * - `createS3(options & { secretOf, onEvent?, dataKeys? }): S3Engine`     s3/engine.ts
 * - `createMail(options & { onEvent? }): MailEngine`                      mail/engine.ts
 * - `createSms(options & { onEvent? }): TextEngine`                       sms/engine.ts
 * - `createEvents(options & { deliver }): EventsEngine`                   events/engine.ts
 * - `createIssuer(options & { origin }): Promise<IssuerEngine>`           issuer/engine.ts
 */
export interface Engine {
  /**
   * Answers one request, whole. `body` is given when the door has read it already (it must, to know
   * the rights of a JSON call); without it the engine reads `req` itself (S3 always streams from it).
   * Never rejects: what it does not know is answered 501 NotImplemented, a defect 500.
   * Sets `Date` in world time, else the SDK would correct the "skew" away (the issuers' pages for
   * browsers do not: cookies).
   */
  handle(req: IncomingMessage, res: ServerResponse, body?: Buffer): Promise<void>;
  /** Ends timers, waiting long polls and child processes; all that was acknowledged is on disk. */
  close(): Promise<void>;
}

/** What the world gives to every engine. */
export interface EngineOptions {
  /** The engine's own folder, made when missing; undefined keeps everything in memory. */
  readonly folder: string | undefined;
  /** World time in milliseconds: only moves forward, may jump. */
  readonly now: () => number;
  /** They stand in ARNs and event envelopes: the template's own. */
  readonly region: string;
  readonly account: string;
}

/** The secret of an access key, or undefined for a key the world does not know. */
export type SecretOf = (accessKeyId: string) => string | undefined;

export interface DynamoDbEngine extends Engine {
  /** Of DynamoDB Local itself, for tools of the world that pass by the door. */
  readonly port: number;
  /** Of the Java process: tests may kill it. */
  readonly pid: number;
  /** Resolves when Java ended, asked or not. Create the engine again on the same folder to go on. */
  readonly exited: Promise<void>;
}

export interface QueueSettings {
  readonly name: string;
  readonly visibilityTimeoutSeconds?: number;
  readonly delaySeconds?: number;
  readonly retentionSeconds?: number;
  readonly receiveWaitSeconds?: number;
  readonly redrive?: { readonly deadLetterQueueArn: string; readonly maxReceiveCount: number };
}

/** Messages by state, at world time now. */
export interface QueueDepth {
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
}

export interface SqsEngine extends Engine {
  /** Makes a queue or gives it new settings; its messages stay. */
  createQueue(settings: QueueSettings): { readonly url: string; readonly arn: string };
  /** Puts a message as EventBridge does; on disk when it returns. Throws on an unknown queue. */
  deliver(queueArn: string, body: string): void;
  /** By queue name, for the world's idle detection. */
  depth(): ReadonlyMap<string, QueueDepth>;
  /** World time at which the next delayed or invisible message shows, for the clock's jumps. */
  nextVisibleAt(): number | undefined;
  /** To be called after the clock moved: long polls look again. */
  wake(): void;
}

export type KeySpec = 'SYMMETRIC_DEFAULT' | 'ECC_NIST_P256';
export type KeyState = 'Enabled' | 'Disabled' | 'PendingDeletion';

export interface KmsEngine extends Engine {
  /** Makes the key of this id (a UUID) unless it is there, symmetric or for signing; returns its ARN. */
  createKey(key: {
    readonly id: string;
    readonly description?: string;
    readonly spec?: KeySpec;
  }): string;
  /** New material for what is encrypted from now on; what was encrypted before still opens. */
  rotate(id: string): void;
  setState(id: string, state: KeyState): void;
  /** Ends the key for good: its material is overwritten and nothing under it opens again. */
  destroy(id: string): void;
  /** What S3 asks when a bucket is encrypted under a key. */
  readonly dataKeys: DataKeys;
}

/** Data keys under a key of the KMS engine, without the wire. Throws what KMS would answer. */
export interface DataKeys {
  generate(keyArn: string, context: EncryptionContext): { plaintext: Buffer; wrapped: Buffer };
  open(wrapped: Buffer, context: EncryptionContext): Buffer;
}
export type EncryptionContext = Readonly<Record<string, string>>;

export interface BucketSettings {
  readonly name: string;
  readonly versioned: boolean;
  /** Objects are sealed on disk under this key and answers carry the SSE-KMS headers. */
  readonly kmsKeyArn?: string;
  readonly bucketKey?: boolean;
}

/** What S3 tells EventBridge; at least once, even over a kill -9. */
export interface S3Event {
  readonly detailType: 'Object Created' | 'Object Deleted';
  readonly reason: 'PutObject' | 'CompleteMultipartUpload' | 'DeleteObject';
  readonly bucket: string;
  readonly key: string;
  readonly versionId?: string;
  /** Absent on deletions. */
  readonly sizeBytes?: number;
  readonly etag?: string;
  /** Grows from event to event of one key. */
  readonly sequencer: string;
  readonly deletionType?: 'Permanently Deleted' | 'Delete Marker Created';
  readonly requester: string;
}

export interface S3Engine extends Engine {
  /** Makes a bucket or gives it new settings; its objects stay. */
  createBucket(settings: BucketSettings): void;
  bucketNames(): readonly string[];
}

export interface SentMail {
  /** 1, 2, 3 … in the order of acceptance. */
  readonly id: number;
  readonly messageId: string;
  /** ISO instant of acceptance, world time. */
  readonly at: string;
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** Tags of the sender, told again with what becomes of the mail. */
  readonly tags?: Readonly<Record<string, string>> | undefined;
}

export interface MailEvent {
  readonly detailType: 'Email Bounced' | 'Email Complaint Received';
  readonly mail: SentMail;
}

export interface InboxWanted {
  readonly to?: string | undefined;
  readonly page?: number | undefined;
  /** One mail, as it looks, or as its plain text. */
  readonly id?: number | undefined;
  readonly asText?: boolean | undefined;
}

export interface MailEngine extends Engine {
  /** Oldest first; `to` an address (case ignored), `after` an id; 1,000 unless `limit` says less. */
  list(wanted: {
    readonly to?: string;
    readonly after?: number;
    readonly limit?: number;
  }): SentMail[];
  /** The inbox as an HTML page in French, newest first; with an id, that mail. */
  inboxPage(wanted: InboxWanted): string;
}

export interface SentText {
  /** 1, 2, 3 … in the order of acceptance. */
  readonly id: number;
  readonly messageId: string;
  /** ISO instant of acceptance, world time. */
  readonly at: string;
  readonly from: string;
  /** E.164. */
  readonly to: string;
  readonly text: string;
  /** What the sender gave along, told again with what becomes of the message. */
  readonly context?: Readonly<Record<string, string>> | undefined;
}

export interface TextEvent {
  readonly eventType: 'TEXT_UNREACHABLE';
  readonly text: SentText;
}

export interface TextEngine extends Engine {
  /** Oldest first; `to` a number in E.164, `after` an id; 1,000 unless `limit` says less. */
  list(wanted: {
    readonly to?: string;
    readonly after?: number;
    readonly limit?: number;
  }): SentText[];
  /** The last messages as an HTML page in French, newest first. */
  inboxPage(wanted: { readonly to?: string | undefined }): string;
}

export interface EventRule {
  readonly name: string;
  /** `default` or the name of a bus. */
  readonly bus: string;
  /** EventPattern as in the template: exact values, prefix and exists; anything else throws here. */
  readonly pattern: unknown;
  readonly targets: readonly EventTarget[];
}

export interface EventTarget {
  readonly queueArn: string;
  /** The part of the event that goes into the queue, `$.detail.mail.tags`; all of it unless given. */
  readonly inputPath?: string | undefined;
}

export interface EventToEmit {
  readonly source: string;
  readonly detailType: string;
  readonly resources?: readonly string[];
  readonly detail: unknown;
  /** When it happened (ms), if not now. */
  readonly at?: number;
}

export interface EventsEngine extends Engine {
  /** Makes a custom bus; `default` is always there. Returns its ARN. */
  createBus(name: string): string;
  /** Rules live in memory: the world gives them at each start, from the template. */
  putRule(rule: EventRule): void;
  /** As an AWS service does. Resolves with the event's id once every matching queue has it. */
  emit(bus: string, event: EventToEmit): Promise<string>;
}

export type IssuerKind = 'holder' | 'professional' | 'agent' | 'establishment';

/** Someone to sign in as at home: clearly fictitious. */
export interface Person {
  /** For the login page and `/token?person=`. */
  readonly id: string;
  readonly kind: IssuerKind;
  readonly name: string;
  /** Who that is, in French, for the page. */
  readonly about: string;
  readonly subject: string;
  readonly acr: string;
  readonly role?: string;
  readonly structure?: string;
  /** What FranceConnect would call his pivot identity; never in an access token. */
  readonly identity?: Identity;
}

/** Claims of a person's identity: names, birth date, sex, place of birth (INSEE code), the NIR where it is told. */
export type Identity = Readonly<Record<string, string>>;

export interface TokenWish {
  readonly person: string;
  /** Ended an hour ago. */
  readonly expired?: boolean;
  readonly audience?: string;
  readonly tokenUse?: 'access' | 'id';
  /** Another account of the person: as after a lost device. */
  readonly subject?: string;
  readonly acr?: string;
  readonly lifetimeSeconds?: number;
  /** How long ago the person signed in, where the token was refreshed since. */
  readonly signedInSecondsAgo?: number;
  /** Of an ID token: who the issuer says that he is, in the place of the person's own identity. */
  readonly identity?: Identity;
}

export interface IssuerEngine extends Engine {
  /** Issuer URL by kind, under the origin given. */
  readonly issuers: Readonly<Record<IssuerKind, string>>;
  /** The audience that access tokens carry, by kind. */
  readonly audiences: Readonly<Record<IssuerKind, string>>;
  people(): readonly Person[];
  /** An access token at once, in world time; what `GET /token` answers. Throws on an unknown person. */
  token(wish: TokenWish): Promise<string>;
}
