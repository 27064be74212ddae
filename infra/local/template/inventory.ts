import type { PolicyStatement } from '../door/policy.ts';
import type { StageFunction } from '../lambda/function.ts';

export interface Table {
  readonly name: string;
  readonly arn: string;
  readonly hash: string;
  readonly range: string | undefined;
  readonly keyArn: string | undefined;
  /** Attribute that holds the epoch second of expiry. */
  readonly expiry: string | undefined;
  readonly streamArn: string | undefined;
}

export interface Queue {
  readonly name: string;
  readonly arn: string;
  readonly url: string;
  readonly keyArn: string | undefined;
}

export interface Bucket {
  readonly name: string;
  readonly arn: string;
  readonly keyArn: string | undefined;
}

/** An event source mapping of a queue or of a table's stream, with Lambda's defaults filled in. */
export interface Mapping {
  readonly id: string;
  readonly functionArn: string;
  readonly sourceArn: string;
  readonly batchSize: number;
  readonly batchWindowSeconds: number;
  readonly maxConcurrency: number;
  readonly reportsFailures: boolean;
  readonly startingPosition: 'TRIM_HORIZON' | 'LATEST';
  readonly bisects: boolean;
  /** Infinity when the template sets none (or -1). */
  readonly maxRetries: number;
  readonly onFailureArn: string | undefined;
  readonly windowSeconds: number;
}

export interface Schedule {
  readonly name: string;
  readonly expression: string;
  readonly zone: string;
  readonly targetArn: string;
  readonly input: string;
  readonly roleArn: string;
  readonly maxRetries: number;
  readonly deadLetterArn: string | undefined;
}

/** What Lambda does with a failed asynchronous invocation. */
export interface InvokeSettings {
  readonly functionName: string;
  readonly maxRetries: number;
  readonly onFailureArn: string | undefined;
}

/** All that the template describes and the world plays, as the resource handlers collect it. */
export interface Inventory {
  readonly tables: Table[];
  readonly queues: Queue[];
  readonly buckets: Bucket[];
  readonly keyArns: string[];
  readonly functions: StageFunction[];
  readonly mappings: Mapping[];
  readonly schedules: Schedule[];
  readonly invokeSettings: InvokeSettings[];
  /** OpenAPI bodies of the REST APIs, intrinsics resolved. */
  readonly gateways: unknown[];
  /** Statements by role ARN. */
  readonly statements: Map<string, PolicyStatement[]>;
  /** Logical name by ARN, for what people read: `ENROLMENT_TABLE`, or the template's own id. */
  readonly names: Map<string, string>;
}

/** An inventory to be filled. */
export function emptyInventory(): Inventory {
  return {
    tables: [],
    queues: [],
    buckets: [],
    keyArns: [],
    functions: [],
    mappings: [],
    schedules: [],
    invokeSettings: [],
    gateways: [],
    statements: new Map(),
    names: new Map(),
  };
}
