import { afterAll, describe, expect, test } from 'vitest';
import { bundle } from '#infra/bundle.ts';
import { entriesOf } from '#infra/entries.ts';
import { deployFunction } from '#test/support/runtime/deployed-function.ts';
import { restEvent } from '#test/support/runtime/rest-event.ts';
import { streamingEntry } from '#test/support/streaming/entry.ts';
import { temporaryFolder } from '#test/support/temporary.ts';

const entries = entriesOf().filter(({ id }) => id === 'contract-api');
const [contract] = await bundle(entries, temporaryFolder('runtime'));
const deployed = await deployFunction({
  id: 'contract-api',
  asset: contract?.folder ?? '',
  environment: { STAGE: 'dev', FUNCTION_ID: 'contract-api' },
});
afterAll(() => deployed.close());

test("under AWS's own runtime client, alone in a folder, the contract is served from beside the bundle", async () => {
  const outcome = await deployed.invoke(restEvent('GET', '/openapi.json'));
  expect(outcome).toMatchObject({ ok: true, result: { statusCode: 200 } });
  expect(JSON.stringify(outcome)).toContain('3.1.0');
});

test('a request that no operation answers is a problem, not a crash', async () => {
  const outcome = await deployed.invoke(restEvent('GET', '/nowhere'));
  expect(outcome).toMatchObject({ ok: true, result: { statusCode: 404 } });
});

test('an event that is no request fails or is a bare 500, and the environment lives on', async () => {
  const outcome = await deployed.invoke({ not: 'a request' });
  const told = outcome.ok ? outcome.result : { statusCode: 500 };
  expect(told).toMatchObject({ statusCode: 500 });
  expect(await deployed.invoke(restEvent('GET', '/health'))).toMatchObject({
    ok: true,
    result: { statusCode: 200 },
  });
});

test('a function that does not load says so', async () => {
  const broken = await deployFunction({
    id: 'broken',
    asset: temporaryFolder('empty'),
    environment: {},
  });
  const outcome = await broken.invoke({});
  expect(outcome).toMatchObject({
    ok: false,
    error: { errorMessage: expect.stringContaining('index') },
  });
  broken.close();
});

describe('a function that streams', async () => {
  const [bundled] = await bundle([streamingEntry()], temporaryFolder('runtime-stream'));
  const streaming = await deployFunction({
    id: 'pieces-stream',
    asset: bundled?.folder ?? '',
    environment: {},
  });
  afterAll(() => streaming.close());
  const ask = (kind: string) =>
    streaming.invoke(restEvent('GET', '/pieces/{kind}', { parameters: { kind } }));

  test('answers with status and headers, then its bytes', async () => {
    const outcome = await ask('whole');
    expect(outcome).toMatchObject({
      ok: true,
      result: {
        statusCode: 200,
        headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
        body: 'é'.repeat((3 * 64 * 1024) / 2),
      },
    });
    expect(await ask('empty')).toMatchObject({ ok: true, result: { statusCode: 200, body: '' } });
  });

  test.each([
    ['refused', 403, 'pieces/withheld'],
    ['early', 500, 'internal'],
    ['unheard-of', 400, 'request/invalid'],
  ])('tells a problem when it fails before its first byte: %s', async (kind, statusCode, code) => {
    const outcome = await ask(kind);
    expect(outcome).toMatchObject({ ok: true, result: { statusCode } });
    expect(JSON.stringify(outcome)).toContain(code);
  });

  test('whose source fails on its way tells Lambda, and no word of the reason', async () => {
    const outcome = await ask('late');
    expect(outcome).toMatchObject({ ok: false });
    expect(JSON.stringify(outcome) + streaming.log()).not.toContain('on its way');
    expect(streaming.log()).toContain('broken-off');
  });
});
