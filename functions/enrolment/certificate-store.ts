import { holderPk, itemAt } from '#shared/record/table.ts';
import { SignedCertificate } from './certificate-schema.ts';
import { TableName } from './table.ts';

const keyOf = (holder: string, deletion: number) => ({
  pk: holderPk(holder),
  sk: `CERTIFICATE#${deletion}`,
});

/** Keeps what was signed of a deletion, once. */
export function certificateWrite(signed: SignedCertificate) {
  const { record, deletion } = signed.certificate;
  return {
    Put: {
      TableName,
      Item: { ...keyOf(record, deletion), ...signed },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
  };
}

/** The parts of a transaction that take away the certificates of all of a record's deletions. */
export const certificatesEnd = (holder: string, deletions: number) =>
  Array.from({ length: deletions }, (_, at) => ({
    Delete: { TableName, Key: keyOf(holder, at + 1) },
  }));

/** The certificate of a record's so-manieth deletion. */
export async function loadCertificate(
  holder: string,
  deletion: number,
): Promise<SignedCertificate | undefined> {
  const item = await itemAt(keyOf(holder, deletion));
  if (item === undefined) return undefined;
  return SignedCertificate.strip().parse(item);
}
