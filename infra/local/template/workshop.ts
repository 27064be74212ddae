import { createHash } from 'node:crypto';
import type { AwsJson } from '../door/aws-json.ts';
import type { EventsEngine, KmsEngine, S3Engine, SqsEngine } from '../engines/engine.ts';
import type { Made } from './intrinsics.ts';
import type { Inventory } from './inventory.ts';
import type { StackTemplate } from './template.ts';

/** What resource handlers work with. */
export interface Workshop {
  readonly region: string;
  readonly account: string;
  readonly kms: KmsEngine;
  readonly sqs: SqsEngine;
  readonly s3: S3Engine;
  readonly events: EventsEngine;
  /** DynamoDB Local itself, past the door. */
  readonly dynamodb: AwsJson;
  readonly gatewayUrl: string;
  readonly inventory: Inventory;
  /** Cloud addresses that mean a local one (issuers), replaced in function environments. */
  readonly substitutes: ReadonlyMap<string, string>;
}

export interface ResourceToMake {
  readonly stack: StackTemplate;
  readonly logicalId: string;
  /** `stack/LogicalId`. */
  readonly address: string;
  /** The properties that the handler uses, intrinsics resolved. */
  readonly properties: Record<string, unknown>;
}

export interface ResourceHandler {
  /** Properties read; all others are without effect at home and are never resolved. */
  readonly uses: readonly string[];
  make(resource: ResourceToMake, workshop: Workshop): Promise<Made> | Made;
}

export type ResourceHandlers = Readonly<Record<string, ResourceHandler>>;

/** The name of a resource that the template leaves to CloudFormation: the same at every start. */
export function physicalName(resource: ResourceToMake, given: string | undefined): string {
  return given ?? `${resource.stack.name}-${resource.logicalId}`;
}

/** A UUID that follows from a text, for resources whose id AWS draws. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}

/** A logical id as people say it: without the hash that the CDK puts at its end. */
export function saidName(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '') || logicalId;
}
