import { afterAll, expect, test } from 'vitest';
import { bundle } from '#infra/bundle.ts';
import { entriesOf } from '#infra/entries.ts';
import { deployFunction } from '#test/support/runtime/deployed-function.ts';
import { restEvent } from '#test/support/runtime/rest-event.ts';
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
