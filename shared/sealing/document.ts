import {
  AlgorithmSuiteIdentifier,
  buildClient,
  CommitmentPolicy,
  type MessageHeader,
} from '@aws-crypto/client-node';

/** What a sealed document is bound to. Pseudonyms only: they stand in its header in clear. */
export interface DocumentContext {
  readonly holder: string;
  readonly document: string;
  readonly version: number;
  /** The branch under which it is sealed; the holder's first one unless told. */
  readonly branch?: string;
}

/** The Encryption SDK, held to messages that commit to one data key. */
export const encryption = buildClient({
  commitmentPolicy: CommitmentPolicy.REQUIRE_ENCRYPT_REQUIRE_DECRYPT,
  maxEncryptedDataKeys: 1,
});

/** Commits to its key and is not signed: whoever may seal may also open, so a signature would prove nothing. */
export const suiteId = AlgorithmSuiteIdentifier.ALG_AES256_GCM_IV12_TAG16_HKDF_SHA512_COMMIT_KEY;

/** The context as the message carries it. */
export function inHeader({ holder, document, version }: DocumentContext): Record<string, string> {
  return { document, holder, version: String(version) };
}

/** Whether a message says that it was sealed for just this holder, document and version. */
export function isSealedFor(header: MessageHeader, expected: DocumentContext): boolean {
  const wanted = Object.entries(inHeader(expected));
  const found = header.encryptionContext;
  return (
    Object.keys(found).length === wanted.length &&
    wanted.every(([name, value]) => found[name] === value)
  );
}
