import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3';
import * as z from 'zod';
import { s3 } from '#shared/aws/s3.ts';
import { env } from '#shared/env.ts';
import { inLanes } from '#shared/in-lanes.ts';
import { prefixOf } from './vault-keys.ts';

const { VAULT_BUCKET: Bucket } = env({ VAULT_BUCKET: z.string().min(1) });
const deletionsInFlight = 8;

interface Version {
  readonly Key: string;
  readonly VersionId: string;
}

/** Every version and delete marker of a holder, or of one of his documents, page by page. */
async function* versionsOf(prefix: string): AsyncGenerator<Version[]> {
  for (let from: { KeyMarker?: string; VersionIdMarker?: string } = {}; ; ) {
    const listed = await s3.send(
      new ListObjectVersionsCommand({ Bucket, Prefix: prefix, ...from }),
    );
    const { Versions = [], DeleteMarkers = [] } = listed;
    yield [...Versions, ...DeleteMarkers].flatMap(({ Key, VersionId }) =>
      Key !== undefined && VersionId !== undefined ? [{ Key, VersionId }] : [],
    );
    const { IsTruncated, NextKeyMarker: key, NextVersionIdMarker: version } = listed;
    if (!IsTruncated || key === undefined) return;
    from = { KeyMarker: key, ...(version === undefined ? {} : { VersionIdMarker: version }) };
  }
}

/** How many versions the vault holds of a holder, delete markers and strays included. */
export async function countVersions(holder: string): Promise<number> {
  let count = 0;
  for await (const page of versionsOf(prefixOf(holder))) count += page.length;
  return count;
}

/**
 * Deletes every version of a holder by its name; one that is gone already is no fault. One by one, since
 * a batch answers with a list of what failed instead of failing.
 */
export const eraseVersions = (holder: string): Promise<void> => erase(prefixOf(holder));

/**
 * The same for one document that has left a holder, while that still holds: asked after the versions were listed, so
 * that one which comes when the document is on its way back is none of them and stays.
 */
export const eraseVersionsOf = (
  holder: string,
  document: string,
  hasLeft: () => Promise<boolean>,
): Promise<void> => erase(`${prefixOf(holder)}${document}/`, hasLeft);

async function erase(prefix: string, mayErase = async () => true): Promise<void> {
  for await (const page of versionsOf(prefix)) {
    if (page.length > 0 && !(await mayErase())) return;
    await inLanes(
      page,
      deletionsInFlight,
      async (version) => void (await s3.send(new DeleteObjectCommand({ Bucket, ...version }))),
    );
  }
}
