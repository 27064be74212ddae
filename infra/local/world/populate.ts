import { leapClock, moveClock, type Ran } from '#infra/local/clock/move.ts';
import { reap } from '#infra/local/clock/reaper.ts';
import { createSchedules } from '#infra/local/clock/schedules.ts';
import { createConsole } from '#infra/local/console/console.ts';
import { controlRoutes } from '#infra/local/console/control.ts';
import { firstPage } from '#infra/local/console/page.ts';
import { invitedAmong } from '#infra/local/demo/invited.ts';
import { awsJson } from '#infra/local/door/aws-json.ts';
import type { Call } from '#infra/local/door/call.ts';
import { createDoor } from '#infra/local/door/door.ts';
import { createFaults } from '#infra/local/door/faults.ts';
import { createLedger } from '#infra/local/door/ledger.ts';
import { namingOf } from '#infra/local/door/rights.ts';
import { gatewayDefinition } from '#infra/local/gateway/definition.ts';
import { createGateway } from '#infra/local/gateway/gateway.ts';
import { createHolds } from '#infra/local/gateway/holds.ts';
import { createTally } from '#infra/local/gateway/tally.ts';
import { emptyInventory, type Inventory } from '#infra/local/template/inventory.ts';
import { standUp } from '#infra/local/template/stand-up.ts';
import type { StackTemplate } from '#infra/local/template/template.ts';
import { createCallers, operatorName } from './callers.ts';
import type { Database, Engines } from './engines.ts';
import { soonMs, untilIdle } from './idle.ts';
import type { WorldInfo } from './info.ts';
import type { WorldOptions } from './options.ts';
import type { Place } from './place.ts';
import { startReaders } from './readers.ts';
import { createRuntime, type Runtime } from './runtime.ts';

export interface PopulateSettings {
  readonly place: Place;
  readonly engines: Engines;
  readonly database: Database;
  readonly stacks: readonly StackTemplate[];
  readonly options: WorldOptions;
  readonly complain: (what: string) => void;
}

export interface Populated {
  readonly inventory: Inventory;
  readonly runtime: Runtime;
  idle(atOnce?: 'atOnce'): Promise<void>;
  move(to: number): Promise<Ran[]>;
  /** Lets requests in. */
  open(info: WorldInfo): void;
  close(): Promise<void>;
}

/** Longest wait for idleness (ms). */
const patienceMs = 180_000;
const reapEveryMs = 600_000;
const writes = /^(Put|Update|Delete|BatchWrite|TransactWrite)Items?$/;

/** Makes what the template describes, and all that runs on it. */
export async function populate(settings: PopulateSettings): Promise<Populated> {
  const { place, engines, database, options, complain } = settings;
  const { clock, keys, ports, region, account, folder } = place;
  const { sqs } = engines;
  const inventory = await makeResources(settings);
  const nameOf = namingOf(inventory.names);
  const callers = createCallers(inventory, { keys, nameOf, without: options.without ?? [] });
  const [ledger, faults, holds] = [createLedger(), createFaults(), createHolds()];
  const tally = createTally();
  const { doorPort } = ports;
  const shared = { inventory, folder, keys, region, doorPort, now: clock.now, complain };
  const runtime = createRuntime({ ...shared, clock: clock.shared, doorUrl: ports.addresses.door });

  let written = 0;
  const applied = ({ service, operation }: Call) => {
    if (service !== 'dynamodb' || !writes.test(operation)) return;
    written += 1;
    for (const stream of readers.streams) stream.wake();
  };
  const door = createDoor({
    ...{ now: clock.now, nameOf, ledger, faults, applied },
    premises: () => ({
      region,
      account,
      inventory,
      keyOfCiphertext: (blob) => keyOfCiphertext(blob, place),
    }),
    callerOf: callers.callerOf,
    engines: { ...engines, ses: engines.mail, 'sms-voice': engines.sms },
    databasePort: database.port,
    kill: (functionId, environment) => runtime.byId(functionId)?.kill(environment),
  });
  ports.servers.door.on('request', door);
  const readers = startReaders({
    ...shared,
    runtime,
    writes: () => written,
  });

  const schedules = createSchedules({
    schedules: inventory.schedules,
    clock,
    invoke: ({ targetArn }, event) => runtime.invokeAsync(targetArn, event),
  });
  const idle = (atOnce?: 'atOnce') =>
    untilIdle(
      {
        ...{ runtime, readers, sqs, now: clock.now },
        schedulesRunning: schedules.running,
        refused: ledger.refused,
      },
      { patienceMs, soonMs: atOnce ? 0 : soonMs },
    );
  const { accessKeyId } = keys.of(operatorName);
  const reapNow = async () => {
    // Java has another port after it was killed.
    const tables = awsJson(database.port(), { accessKeyId, service: 'dynamodb', region });
    await reap(inventory.tables, tables, clock.now());
  };
  const reaper = setInterval(
    () => void reapNow().catch((cause: unknown) => complain(String(cause))),
    reapEveryMs,
  );
  let turn: Promise<unknown> = Promise.resolve();
  const move = (to: number, leap = false): Promise<Ran[]> => {
    const pass = leap ? leapClock : moveClock;
    const moved = turn.then(() => pass(to, { clock, schedules, sqs, idle, reap: reapNow }));
    turn = moved.catch(() => undefined);
    return moved;
  };

  return {
    inventory,
    runtime,
    idle,
    move,
    open(info) {
      const [body] = inventory.gateways;
      const definition = gatewayDefinition(body);
      ports.servers.gateway.on(
        'request',
        createGateway({
          definition,
          holds,
          tally,
          now: clock.now,
          region,
          account,
          invoke: runtime.invoke,
        }),
      );
      const textsTo = (to: string) => engines.mail.list({ to }).map(({ text }) => text);
      const page = () =>
        firstPage({
          info,
          people: engines.issuer.people(),
          invited: invitedAmong(textsTo),
          now: clock.now(),
        });
      const control = {
        move,
        idle,
        faults,
        ledger,
        holds,
        tally,
        runtime,
        held: callers.held,
        mail: engines.mail,
        sms: engines.sms,
        now: clock.now,
      };
      ports.servers.console.on(
        'request',
        createConsole(controlRoutes({ ...control, info: () => info, firstPage: page }), clock.now),
      );
      schedules.follow();
    },
    async close() {
      clearInterval(reaper);
      schedules.stop();
      readers.stop();
      holds.release();
      await runtime.close();
    },
  };
}

async function makeResources({
  place,
  engines,
  database,
  stacks,
}: PopulateSettings): Promise<Inventory> {
  const { keys, ports, region, account, issuers } = place;
  const inventory = emptyInventory();
  const locals: Readonly<Record<string, string>> = engines.issuer.issuers;
  const substitutes = new Map(issuers.map(({ kind, issuer }) => [issuer, locals[kind] ?? issuer]));
  const { accessKeyId } = keys.of(operatorName);
  await standUp(stacks, {
    ...engines,
    dynamodb: awsJson(database.port(), { accessKeyId, service: 'dynamodb', region }),
    ...{ region, account, inventory, substitutes },
    gatewayUrl: ports.addresses.gateway,
  });
  return inventory;
}

/** Our KMS engine writes the key's id at bytes 1 to 16 of a ciphertext. */
function keyOfCiphertext(blob: string, { region, account }: Place): string {
  const hex = Buffer.from(blob, 'base64').subarray(1, 17).toString('hex');
  const id = hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  return `arn:aws:kms:${region}:${account}:key/${id}`;
}
