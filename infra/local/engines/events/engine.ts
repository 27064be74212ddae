import { randomUUID } from 'node:crypto';
import type { EngineOptions, EventsEngine, EventTarget, EventToEmit } from '../engine.ts';
import { AwsFault } from '../wire/fault.ts';
import { jsonHandler } from '../wire/json-engine.ts';
import { partOf, stepsOf } from './input-path.ts';
import { matches, type Pattern, parsePattern } from './pattern.ts';
import { putEvents } from './put-events.ts';

interface Rule {
  readonly bus: string;
  readonly pattern: Pattern;
  readonly targets: readonly EventTarget[];
}

/**
 * EventBridge: an event goes to the queues of the rules it matches before its sender is answered.
 * So nothing is pending here and nothing can be lost here; a sender who got no answer sends again
 * (at least once, as at AWS). Archives, replays, transformers and other targets are not played.
 */
export function createEvents(
  options: EngineOptions & {
    readonly deliver: (queueArn: string, body: string) => void | Promise<void>;
  },
): EventsEngine {
  const { now, region, account, deliver } = options;
  const buses = new Set(['default']);
  const rules = new Map<string, Rule>();

  const emit = async (bus: string, event: EventToEmit): Promise<string> => {
    if (!buses.has(bus)) {
      throw new AwsFault('ResourceNotFoundException', `Event bus ${bus} does not exist.`);
    }
    const id = randomUUID();
    const envelope = {
      version: '0',
      id,
      'detail-type': event.detailType,
      source: event.source,
      account,
      // Seconds, as EventBridge writes it.
      time: `${new Date(event.at ?? now()).toISOString().slice(0, 19)}Z`,
      region,
      resources: event.resources ?? [],
      detail: event.detail,
    };
    for (const rule of rules.values()) {
      if (rule.bus !== bus || !matches(rule.pattern, envelope)) continue;
      for (const { queueArn, inputPath } of rule.targets)
        await deliver(queueArn, JSON.stringify(partOf(envelope, inputPath)));
    }
    return id;
  };

  return {
    handle: jsonHandler({
      target: 'AWSEvents',
      contentType: 'application/x-amz-json-1.1',
      now,
      operations: { PutEvents: putEvents(emit) },
      closing: new AbortController().signal,
    }),
    createBus(name) {
      buses.add(name);
      return `arn:aws:events:${region}:${account}:event-bus/${name}`;
    },
    putRule({ name, bus, pattern, targets }) {
      if (!buses.has(bus)) throw new Error(`Rule ${name} names a bus that is not there: ${bus}`);
      for (const { inputPath } of targets) stepsOf(inputPath);
      rules.set(`${bus}/${name}`, { bus, pattern: parsePattern(pattern), targets });
    },
    emit,
    close: async () => undefined,
  };
}
