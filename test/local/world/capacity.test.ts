import { describe, expect, test } from 'vitest';
import { unitsOf } from '#infra/local/door/capacity.ts';
import { kilobytes } from '#infra/local/door/item-size.ts';

const ok = (ConsumedCapacity: unknown) => ({ status: 200, error: '', body: { ConsumedCapacity } });
const refused = (error: string) => ({ status: 400, error, body: {} });
const text = (length: number) => ({ S: 'x'.repeat(length) });

describe('capacity units', () => {
  test('the report of the engine is the basis: table and touched indexes', () => {
    expect(unitsOf('PutItem', {}, ok({ CapacityUnits: 4 }))).toEqual({ write: 4, read: 0 });
    expect(unitsOf('GetItem', { ConsistentRead: true }, ok({ CapacityUnits: 3 }))).toEqual({
      write: 0,
      read: 3,
    });
    expect(unitsOf('BatchGetItem', {}, ok([{ CapacityUnits: 1 }, { CapacityUnits: 2 }]))).toEqual({
      write: 0,
      read: 3,
    });
  });

  // AWS, developer guide, "Managing complex workflows with DynamoDB transactions": two of each KB, to prepare and to commit.
  test('a transaction costs double, also when the engine reports it single', () => {
    const TransactItems = [{ Put: {} }, { Update: {} }, { Put: {} }];
    expect(unitsOf('TransactWriteItems', { TransactItems }, ok([{ CapacityUnits: 3 }]))).toEqual({
      write: 6,
      read: 0,
    });
    expect(unitsOf('TransactWriteItems', { TransactItems }, ok([{ CapacityUnits: 7 }]))).toEqual({
      write: 7,
      read: 0,
    });
  });

  test('a failed condition is billed though the engine says nothing', () => {
    expect(
      unitsOf('PutItem', { Item: { pk: text(1500) } }, refused('ConditionalCheckFailedException')),
    ).toEqual({ write: 2, read: 0 });
    const TransactItems = [{ Put: { Item: { pk: text(1500) } } }, { Update: {} }];
    expect(
      unitsOf('TransactWriteItems', { TransactItems }, refused('TransactionCanceledException')),
    ).toEqual({ write: 6, read: 0 });
  });

  test('a read that finds nothing costs the least read, a refused one nothing', () => {
    expect(unitsOf('Query', {}, ok({ CapacityUnits: 0 }))).toEqual({ write: 0, read: 0.5 });
    expect(unitsOf('Query', { ConsistentRead: true }, ok({ CapacityUnits: 0 }))).toEqual({
      write: 0,
      read: 1,
    });
    expect(unitsOf('GetItem', {}, refused('ValidationException'))).toEqual({ write: 0, read: 0 });
  });

  // AWS, developer guide, "DynamoDB item sizes and formats": an item of 3.5 KB takes four write units.
  test.each([
    [{ pk: text(1022) }, 1],
    [{ pk: text(1023) }, 2],
    [{ pk: text(3580) }, 4],
    [{ pk: { B: Buffer.alloc(1022).toString('base64') } }, 1],
    [{ é: text(1022) }, 1],
    [{ é: text(1023) }, 2],
    [{ m: { M: { a: text(1020) } } }, 2],
    [{ l: { L: [text(510), text(511)] } }, 2],
    [{ s: { SS: ['x'.repeat(1023)] } }, 1],
    [undefined, 1],
  ])('sizes follow the names and values of an item (%#)', (item, expected) => {
    expect(kilobytes(item)).toBe(expected);
  });
});
