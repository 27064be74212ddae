import { createHash } from 'node:crypto';
import * as z from 'zod';

/** Only the types that the SDK sends for text and bytes; lists do not exist at AWS either. */
export const MessageAttributes = z.record(
  z.string(),
  z.strictObject({
    DataType: z.string(),
    StringValue: z.string().optional(),
    BinaryValue: z.base64().optional(),
  }),
);
export type MessageAttributes = z.infer<typeof MessageAttributes>;

export const md5 = (text: string | Buffer) => createHash('md5').update(text).digest('hex');

/** MD5OfMessageAttributes as AWS describes it: sorted by name, each part preceded by its length. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const parts = names.flatMap((name) => {
    const { DataType = '', StringValue, BinaryValue } = attributes[name] ?? {};
    const text = BinaryValue === undefined;
    const value = text ? Buffer.from(StringValue ?? '') : Buffer.from(BinaryValue, 'base64');
    return [
      lengthFirst(name),
      lengthFirst(DataType),
      Buffer.from([text ? 1 : 2]),
      lengthFirst(value),
    ];
  });
  return md5(Buffer.concat(parts));
}

function lengthFirst(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes.length);
  return Buffer.concat([length, bytes]);
}
