import * as z from 'zod';

/** A fault on demand. It fires at the `nth` call that fits (1 is the next one) and at `times` calls from there. */
export const Fault = z.strictObject({
  /** Function id; any caller without it. */
  caller: z.string().optional(),
  /** `dynamodb:TransactWriteItems`: the operation called, not the permissions it takes. */
  action: z.string().optional(),
  kind: z.enum(['throttle', 'conflict', 'reset', 'lost-ack', 'delay', 'kill', 'cut']),
  nth: z.int().min(1).default(1),
  times: z.int().min(1).default(1),
  delayMs: z.int().min(0).max(60_000).default(1000),
  /** For `cut`: the call is applied, and its answer breaks off behind so many bytes of the body. */
  afterBytes: z.int().min(0).default(0),
  /** For `kill`: whether the call is applied before the worker ends. */
  when: z.enum(['before', 'after']).default('before'),
  /** Only calls whose JSON body (or URL, for S3) contains this text. */
  if: z.strictObject({ contains: z.string() }).optional(),
});
export type Fault = z.infer<typeof Fault>;

export interface PlantedFault {
  readonly id: number;
  readonly fault: Fault;
  readonly seen: number;
  readonly fired: number;
}

export interface Faults {
  plant(fault: Fault): number;
  clear(): void;
  list(): readonly PlantedFault[];
  /** The fault that this call meets, if any; counts the call against every planted one that fits. */
  meet(call: { caller: string; action: string; text: () => string }): Fault | undefined;
}

/** The faults planted at the door; nothing is kept over a restart. */
export function createFaults(): Faults {
  let planted: { id: number; fault: Fault; seen: number; fired: number }[] = [];
  let lastId = 0;
  return {
    plant(fault) {
      lastId += 1;
      planted.push({ id: lastId, fault, seen: 0, fired: 0 });
      return lastId;
    },
    clear() {
      planted = [];
    },
    list: () => planted.map((one) => ({ ...one })),
    meet(call) {
      let met: Fault | undefined;
      for (const one of planted) {
        const { caller, action, if: only, nth, times } = one.fault;
        if (caller !== undefined && caller !== call.caller) continue;
        if (action !== undefined && action !== call.action) continue;
        if (only !== undefined && !call.text().includes(only.contains)) continue;
        one.seen += 1;
        if (met !== undefined || one.seen < nth || one.seen >= nth + times) continue;
        one.fired += 1;
        met = one.fault;
      }
      return met;
    },
  };
}
