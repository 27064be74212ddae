import type { Entry } from '#infra/entries.ts';

/** Whether a function needs no service but DynamoDB: what the size goal of 330 KiB is about. */
export function isDynamoOnly({ rights }: Entry): boolean {
  const { tables = {}, indexes = {}, buckets = {}, queues = {}, keys = {}, mail, events } = rights;
  const others = [buckets, queues, keys].some((one) => Object.keys(one).length > 0);
  return !others && !mail && !events && Object.keys({ ...tables, ...indexes }).length > 0;
}
