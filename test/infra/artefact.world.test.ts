import path from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { type SynthesizedStack, synthesize } from '#infra/app.ts';
import { entriesOf } from '#infra/entries.ts';
import { ask } from '#test/support/request.ts';
import { casesOf, kept } from '#test/support/runtime/cases.ts';
import { type DeployedFunction, deployFunction } from '#test/support/runtime/deployed-function.ts';
import type { Outcome } from '#test/support/runtime/runtime-api.ts';
import { temporaryFolder } from '#test/support/temporary.ts';
import { type OwnWorld, startOwnWorld } from '#test/support/world.ts';

const FunctionResource = z.object({
  Type: z.literal('AWS::Lambda::Function'),
  Properties: z.object({
    Code: z.object({ S3Key: z.string() }),
    Environment: z.object({ Variables: z.looseObject({ FUNCTION_ID: z.string() }) }),
  }),
});
const Template = z.object({ Resources: z.record(z.string(), z.unknown()) });

/** The asset of each function, as the templates of a stage would have it uploaded. */
function assetsOf(
  folder: string,
  stacks: readonly SynthesizedStack[],
): ReadonlyMap<string, string> {
  const functions = stacks.flatMap(({ template }) =>
    Object.values(Template.parse(template).Resources).flatMap((one) => {
      const found = FunctionResource.safeParse(one);
      return found.success ? [found.data.Properties] : [];
    }),
  );
  return new Map(
    functions.map(({ Code, Environment }) => [
      Environment.Variables.FUNCTION_ID,
      path.join(folder, `asset.${Code.S3Key.replace(/\.zip$/, '')}`),
    ]),
  );
}

const Invoked = z.object({
  result: z.unknown().optional(),
  error: z.object({ errorType: z.string(), errorMessage: z.string() }).optional(),
});

/**
 * Of an error its type and message count; the trace names files of one place or the other. Of a streamed
 * answer that broke off, AWS's client passes on the type alone.
 */
function comparable(outcome: Outcome, isStreamed = false): unknown {
  if (outcome.ok) return { ok: true, result: outcome.result };
  const { errorType, errorMessage } = outcome.error;
  return { ok: false, error: isStreamed ? { errorType } : { errorType, errorMessage } };
}

// What would go to production, in the world at home: only the environment is home's.
const { folder, stacks } = await synthesize({
  stage: 'prod',
  outdir: temporaryFolder('artefact'),
});
const assets = assetsOf(folder, stacks);

let world: OwnWorld;
let cases: ReturnType<typeof casesOf>;
const deployed = new Map<string, DeployedFunction>();

beforeAll(async () => {
  world = await startOwnWorld();
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(world.aws()));
  await client.send(new PutCommand({ TableName: world.physical('JOURNAL_TABLE'), Item: kept }));
  const { text: token } = await ask(world.info.issuer, { path: '/token?person=camille' });
  cases = casesOf({ token, forged: `${token.slice(0, -8)}AAAAAAAA` });
}, 240_000);

afterAll(async () => {
  for (const one of deployed.values()) one.close();
  await world?.stop();
});

async function deployedOf(id: string): Promise<DeployedFunction> {
  const known = deployed.get(id);
  if (known) return known;
  const environment = world.info.functions.find((one) => one.id === id)?.environment;
  const asset = assets.get(id);
  if (!environment || !asset) throw new Error(`Nothing is deployed as ${id}.`);
  const one = await deployFunction({ id, asset, environment });
  deployed.set(id, one);
  return one;
}

async function atHome(id: string, event: unknown): Promise<Outcome> {
  const { result, error } = Invoked.parse(await world.control('POST', `/invoke/${id}`, event));
  return error ? { ok: false, error } : { ok: true, result };
}

describe("the artefact under AWS's own runtime client, against the world at home", () => {
  test.each(
    entriesOf().map(({ id, routes }) => [id, routes.some(({ stream }) => stream)] as const),
  )('%s answers a success, a refusal and a fault as at home', async (id, isStreamed) => {
    const { success, refusal, fault, looks } = cases[id] ?? {};
    const alone = await deployedOf(id);
    for (const [at, event] of [success, refusal, fault].entries()) {
      const home = await atHome(id, event);
      expect(home, `${id} at home`).toMatchObject(looks?.[at] ?? { ok: 'no such case' });
      const there = comparable(await alone.invoke(event), isStreamed);
      expect(there, id).toEqual(comparable(home, isStreamed));
    }
  });

  test('a function whose table throttles tells both callers to try again', async () => {
    const id = 'enrolment-campaign';
    const alone = await deployedOf(id);
    await world.plant({ caller: id, action: 'dynamodb:Query', kind: 'throttle', times: 1000 });
    const event = cases[id]?.success;
    const [home, there] = await Promise.all([atHome(id, event), alone.invoke(event)]);
    expect(home).toMatchObject({ ok: true, result: { statusCode: 503 } });
    expect(comparable(there)).toEqual(comparable(home));
    await world.clearFaults();
  });

  test('every declared function was deployed, each from its own asset', () => {
    expect([...assets.keys()].sort()).toEqual(
      entriesOf()
        .map(({ id }) => id)
        .sort(),
    );
    expect(new Set(assets.values()).size).toBe(assets.size);
  });
});
