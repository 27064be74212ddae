import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { sealingPlace } from './place.ts';

const place = await sealingPlace();
const { kms } = await import('#shared/aws/kms.ts');
const { activeKey, activeKeyMade, forgetKeys, keyAt } = await import(
  '#shared/sealing/branch-keys.ts'
);
const { branchOfHolder } = await import('#shared/sealing/holder-branch.ts');
const { sealBytes } = await import('#shared/sealing/seal-document.ts');
const { openDocument } = await import('#shared/sealing/open-document.ts');
const { openSmall, sealSmall } = await import('#shared/sealing/small.ts');
const { Readable } = await import('node:stream');
afterAll(() => place.close());

let calls: string[] = [];
kms.middlewareStack.add(
  (next, { commandName = '' }) =>
    (given) => {
      calls.push(commandName.replace('Command', ''));
      return next(given);
    },
  { step: 'initialize' },
);
beforeEach(() => {
  calls = [];
});

describe('the branch key of a holder', () => {
  test('is made at his first content, and two who make it at once use one', async () => {
    const branch = branchOfHolder('first');
    await expect(activeKey(branch)).rejects.toThrow();
    // Two environments: what one keeps, the other does not know.
    const one = activeKeyMade(branch, 'holder');
    forgetKeys();
    const two = activeKeyMade(branch, 'holder');
    const [mine, theirs] = await Promise.all([one, two]);
    expect(mine.version).toBe(theirs.version);
    expect(mine.key.equals(theirs.key)).toBe(true);
  });

  test('is asked of KMS once: what a warm function seals or opens again costs no call', async () => {
    const context = { holder: 'warm', document: 'd1', version: 1 };
    const { bytes } = await sealBytes(Buffer.from('first'), context);
    expect(calls.length).toBeGreaterThan(0);
    forgetKeys();
    calls = [];
    const read = async () => {
      for await (const _ of await openDocument(Readable.from([bytes]), context));
    };
    await read();
    expect(calls).toEqual(['Decrypt']);
    await read();
    await read();
    expect(calls).toEqual(['Decrypt']);
  });

  test('serves documents and small items from one call', async () => {
    const context = { holder: 'both', kind: 'index', version: 1 };
    await sealBytes(Buffer.from('first'), { holder: 'both', document: 'd1', version: 1 });
    calls = [];
    const sealed = await sealSmall(branchOfHolder('both'), { title: 'x' }, context);
    expect(await openSmall(sealed, context)).toEqual({ title: 'x' });
    await expect(openSmall(sealed, { ...context, holder: 'warm' })).rejects.toMatchObject({
      name: 'IntegrityError',
    });
    expect(calls).toEqual([]);
  });

  test('of a version that never was is no key, and the next asking is a new one', async () => {
    const never = { id: branchOfHolder('both'), version: '0d1e7a52-6a2c-4d6c-9d3f-0b8f4a5f7c11' };
    for (let time = 0; time < 2; time++)
      await expect(keyAt(never)).rejects.toMatchObject({ name: 'IntegrityError' });
  });

  test('is not to be had in a function without a right to the KMS key of its kind', async () => {
    await expect(activeKeyMade('enrolment-12', 'enrolment')).rejects.toThrow('no KMS key');
  });
});
