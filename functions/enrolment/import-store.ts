import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { dynamo } from '#shared/aws/dynamo.ts';
import { getMany } from './get-many.ts';
import { Import } from './schema.ts';
import { TableName } from './table.ts';

const count = z.int().min(0);
const RowError = z.object({ line: count, field: z.string(), code: z.string() });
export type RowError = z.infer<typeof RowError>;

/** An import and where it stands. `step` grows with each write: whoever writes over an old step stops. */
export const Progress = z.object({
  ...Import.shape,
  step: count,
  etag: z.string(),
  /** Fingerprint of the file's bytes, once they were read through. */
  content: z.string().optional(),
  /** Columns that the first line of a file of rows names. */
  width: z.int().optional(),
  place: z.object({ offset: count, line: count, skipping: z.boolean() }),
  /** Errors not yet written to a part of the result. */
  pending: z.array(RowError),
  parts: count,
});
export type Progress = z.infer<typeof Progress>;

const keyOf = (id: string) => ({ pk: `IMPORT#${id}`, sk: 'IMPORT' });

/** An import's state for those who ask; the bookkeeping is left out. */
export function asTold(progress: Progress): Import {
  const { step: _s, etag: _e, place: _p, pending: _d, parts: _n, ...rest } = progress;
  const { width: _w, content: _c, ...told } = rest;
  return told;
}

export async function loadImport(id: string): Promise<Progress | undefined> {
  const get = new GetCommand({ TableName, Key: keyOf(id), ConsistentRead: true });
  const { Item } = await dynamo.send(get);
  return Progress.optional().parse(Item);
}

/** Over the step before only. */
export function progressWrite(next: Progress) {
  const first = next.step === 1;
  return {
    Put: {
      TableName,
      Item: { ...keyOf(next.import), ...next },
      ...(first
        ? { ConditionExpression: 'attribute_not_exists(pk)' }
        : {
            ConditionExpression: 'step = :before',
            ExpressionAttributeValues: { ':before': next.step - 1 },
          }),
    },
  };
}

/** Where the list of imports finds one, by the time it began. */
export function listedWrite({ import: id, startedAt }: Progress) {
  return { Put: { TableName, Item: { pk: 'IMPORTS', sk: `${startedAt}#${id}`, import: id } } };
}

/** A page of imports, latest first, and the cursor after it. */
export async function listImports(page: { after: string | undefined; limit: number }) {
  const query = new QueryCommand({
    TableName,
    KeyConditionExpression: page.after ? 'pk = :pk AND sk < :after' : 'pk = :pk',
    ExpressionAttributeValues: {
      ':pk': 'IMPORTS',
      ...(page.after ? { ':after': page.after } : {}),
    },
    ScanIndexForward: false,
    Limit: page.limit,
  });
  const { Items = [], LastEvaluatedKey } = await dynamo.send(query);
  const listed = z.array(z.object({ sk: z.string(), import: z.string() })).parse(Items);
  const found = z.array(Progress).parse(await getMany(listed.map((one) => keyOf(one.import))));
  const byId = new Map(found.map((progress) => [progress.import, asTold(progress)]));
  return {
    imports: listed.flatMap((one) => byId.get(one.import) ?? []),
    next: LastEvaluatedKey ? listed.at(-1)?.sk : undefined,
  };
}
