import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Engine } from '#infra/local/engines/engine.ts';
import { accessDenied, answerError } from './aws-error.ts';
import { type Call, type Service, s3Operation, signatureOf, targetOf } from './call.ts';
import { noUnits, unitsOf } from './capacity.ts';
import { committed } from './committed.ts';
import { forwardToDatabase } from './dynamodb-forward.ts';
import type { Faults } from './faults.ts';
import type { Ledger } from './ledger.ts';
import { needsOf, type Premises } from './needs.ts';
import { mayCall, type NameOf, type RightsOfFunction } from './rights.ts';
import { strike } from './strike.ts';
import { weighed } from './weigh.ts';

/** Who stands behind an access key. `rights` undefined: the operator, who may all and is not counted as a function. */
export interface Caller {
  readonly id: string;
  readonly rights: RightsOfFunction | undefined;
}

export interface DoorSettings {
  readonly now: () => number;
  readonly premises: () => Premises;
  readonly nameOf: NameOf;
  readonly callerOf: (accessKeyId: string) => Caller | undefined;
  readonly engines: Readonly<Record<Exclude<Service, 'dynamodb' | 'streams'>, Engine>>;
  readonly databasePort: () => number;
  readonly ledger: Ledger;
  readonly faults: Faults;
  /** Ends an execution environment (its session token), or all of a function's. */
  readonly kill: (functionId: string, environment: string | undefined) => void;
  /** Told of each call that was applied, so that idleness can be known. */
  readonly applied: (call: Call) => void;
}

/** The one endpoint of all AWS calls at home: rights, counts and faults, then the engine. */
export function createDoor(settings: DoorSettings): RequestListener {
  return (req, res) => {
    pass(req, res, settings).catch((cause: unknown) => {
      const message = cause instanceof Error ? cause.message : String(cause);
      answerError(
        res,
        'dynamodb',
        { status: 500, code: 'InternalServerError', message },
        settings.now(),
      );
    });
  };
}

async function pass(
  req: IncomingMessage,
  res: ServerResponse,
  settings: DoorSettings,
): Promise<void> {
  const { now, ledger, faults, nameOf } = settings;
  const url = new URL(req.url ?? '/', 'http://door.invalid');
  const known = await callOf(req, url);
  if (known === undefined) return deny(res, 's3', 'MissingAuthenticationToken', settings);
  const { call, body } = known;
  const caller = settings.callerOf(call.accessKeyId);
  if (caller === undefined) return deny(res, call.service, 'InvalidClientTokenId', settings);
  if (caller.rights !== undefined) {
    const needs = needsOf(call, settings.premises());
    for (const need of needs) {
      const judged = mayCall(caller.rights, need, nameOf);
      if (!judged.allowed) {
        ledger.refuse({ function: caller.id, permission: judged.permission });
        return answerError(res, call.service, accessDenied(call.service, caller.id, judged), now());
      }
      ledger.exercise({ function: caller.id, permission: judged.permission });
    }
  }
  const action = actionOf(call);
  const text = () => body?.toString() ?? call.url.href;
  const fault = faults.meet({ caller: caller.id, action, text });
  const serve = (answerTo: ServerResponse) =>
    apply({ call, body, caller, req, res: answerTo }, settings);
  if (fault === undefined) return serve(res);
  return strike(fault, {
    call,
    res,
    serve,
    now,
    kill: () => settings.kill(caller.id, call.environment),
  });
}

/** The operation as counts and faults name it. */
export function actionOf(call: Pick<Call, 'service' | 'operation'>): string {
  return `${call.service === 'streams' ? 'dynamodb' : call.service}:${call.operation}`;
}

interface Passing {
  readonly call: Call;
  readonly body: Buffer | undefined;
  readonly caller: Caller;
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
}

async function apply(
  { call, body, caller, req, res }: Passing,
  settings: DoorSettings,
): Promise<void> {
  const { ledger, now, premises } = settings;
  const count = { function: caller.id, action: actionOf(call) };
  if (call.service !== 'dynamodb' && call.service !== 'streams') {
    ledger.count({ ...count, units: noUnits });
    await settings.engines[call.service].handle(req, res, body);
    settings.applied(call);
    return;
  }
  const { region, account } = premises();
  const to = { port: settings.databasePort, region, account };
  const forward = () => forwardToDatabase(call, body ?? Buffer.alloc(0), to);
  const isWeighed = ledger.weighs() && call.operation === 'TransactWriteItems';
  const { answer, units = undefined } = isWeighed
    ? await weighed(call, to, forward)
    : { answer: await forward() };
  const estimate = () =>
    call.service === 'dynamodb' ? unitsOf(call.operation, call.input, answer) : noUnits;
  ledger.count({ ...count, units: units ?? estimate() });
  settings.applied(call);
  await committed(call, answer, to);
  if (res.destroyed) return;
  res.writeHead(answer.status, {
    ...answer.headers,
    'content-length': answer.bytes.length,
    date: new Date(now()).toUTCString(),
  });
  res.end(answer.bytes);
}

async function callOf(
  req: IncomingMessage,
  url: URL,
): Promise<{ call: Call; body: Buffer | undefined } | undefined> {
  const signed = signatureOf(req, url);
  if (signed === undefined) return undefined;
  const { accessKeyId, environment } = signed;
  const shared = {
    accessKeyId,
    environment,
    method: req.method ?? 'GET',
    url,
    headers: req.headers,
  };
  const target = targetOf(req);
  if (target === undefined && signed.scope === 's3') {
    const operation = s3Operation(shared.method, url, req.headers);
    return { call: { ...shared, service: 's3', operation, input: undefined }, body: undefined };
  }
  const body = await bodyOf(req);
  if (target !== undefined) {
    return { call: { ...shared, ...target, input: parsed(body) }, body };
  }
  if (url.pathname.startsWith('/v2/email/')) {
    const operation = url.pathname === '/v2/email/outbound-emails' ? 'SendEmail' : url.pathname;
    return { call: { ...shared, service: 'ses', operation, input: parsed(body) }, body };
  }
  return undefined;
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of req) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

function parsed(body: Buffer): Record<string, unknown> {
  const value: unknown = body.length === 0 ? {} : JSON.parse(body.toString());
  return Object(value);
}

function deny(res: ServerResponse, service: Service, code: string, { now }: DoorSettings): void {
  const message =
    'The security token included in the request is invalid: the world knows no such access key.';
  answerError(res, service, { status: 403, code, message }, now());
}
