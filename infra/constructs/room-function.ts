import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function as LambdaFunction,
  Runtime,
  Tracing,
} from 'aws-cdk-lib/aws-lambda';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import * as z from 'zod';
import type { Stage } from '#infra/config.ts';
import type { Entry } from '#infra/entries.ts';
import type { Keys, Resources } from '#infra/resources.ts';
import type { Route } from '#shared/http/route.ts';
import { acknowledge } from './acknowledge.ts';
import { environmentOf } from './function-environment.ts';
import { exportedArn, pairs, statementsOf } from './function-rights.ts';
import type { DeadLetterQueue } from './house-queue.ts';
import { HouseLogGroup } from './log-group.ts';
import type { TracingPolicy } from './tracing-policy.ts';

/** What all functions of a stack share. */
export interface FunctionSurroundings {
  readonly stage: Stage;
  readonly keys: Keys;
  readonly resources: Resources;
  readonly tracing: TracingPolicy;
  /** Takes events that a function failed on after all retries. */
  readonly failures: DeadLetterQueue;
  /** Folder of each entry's bundle. */
  readonly codeOf: (entryId: string) => string;
}

const Import = z.object({ 'Fn::ImportValue': z.string() });

/** Most environments at once: what only agents call, or who sits beside one, needs few; a queue's reader has its own limit, the clock starts one at a time. */
function concurrencyOf(entry: Entry, { concurrency }: Stage): number {
  if (entry.isAuthorizer) return concurrency.authorizer;
  const isForStaff = ({ callers }: Route) =>
    callers.every((one) => one === 'agent' || one === 'assisted');
  if (entry.routes.length > 0)
    return entry.routes.every(isForStaff) ? concurrency.staff : concurrency.api;
  const readers = entry.queues.reduce((sum, { maxConcurrency }) => sum + maxConcurrency, 0);
  return Math.max(readers, entry.subscribers.length > 0 ? 20 : 2);
}

/** One entry of a room as a function: arm64, Node 24, own role, own log group, traced, its failures kept. */
export class RoomFunction extends LambdaFunction {
  readonly entry: Entry;
  readonly policy: ManagedPolicy;

  constructor(scope: Construct, entry: Entry, around: FunctionSurroundings) {
    const stack = Stack.of(scope);
    const { keys, failures } = around;
    const logGroup = new HouseLogGroup(scope, `${entry.id}-logs`, { key: keys.logs });
    const policy = new ManagedPolicy(scope, `${entry.id}-rights`, {
      description: `What ${entry.id} may do: the union of what its routes and jobs declare`,
      statements: [
        new PolicyStatement({
          actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
          resources: [logGroup.logGroupArn],
        }),
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }),
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [keys.messages.keyArn],
        }),
        ...statementsOf(scope, entry.rights, around),
      ],
    });
    const role = new Role(scope, `${entry.id}-role`, {
      description: `Role of ${entry.id}`,
      assumedBy: new ServicePrincipal('lambda.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
      }),
      managedPolicies: [policy, around.tracing],
    });
    super(scope, entry.id, {
      description: `${entry.room}: ${entry.entry}`,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(around.codeOf(entry.id)),
      // The role is finished here: the CDK adds nothing to it behind our back.
      role: role.withoutPolicyUpdates(),
      timeout: Duration.seconds(entry.timeoutSeconds),
      memorySize: entry.memoryMb,
      reservedConcurrentExecutions: concurrencyOf(entry, around.stage),
      environment: { ...environmentOf(entry, around) },
      tracing: Tracing.ACTIVE,
      logGroup,
      deadLetterQueue: failures,
    });
    this.entry = entry;
    this.policy = policy;
    acknowledge(
      this,
      ['HIPAA.Security-LambdaInsideVPC', 'NIST.800.53.R5-LambdaInsideVPC'],
      'It reaches nothing but AWS endpoints, over TLS, under its own role; a network of ours would add cold time, cost and a wider surface, not a boundary.',
    );
    for (const [name, uses] of pairs(entry.rights.buckets)) {
      const arn = stack.resolve(exportedArn(around.resources.buckets[name]));
      const { 'Fn::ImportValue': bucket } = Import.parse(arn);
      const prefixes = uses
        .filter(({ action }) => action !== 'ListBucketVersions')
        .map(({ prefix }) => prefix);
      acknowledge(
        policy,
        // Once for each prefix, however many acts are allowed there.
        [...new Set(prefixes)].map((prefix) => `AwsSolutions-IAM5[Resource::${bucket}/${prefix}*]`),
        'Names of objects are not known beforehand: the prefix is the narrowest that can be said.',
      );
    }
  }

  /** Adds what a trigger of this function needs of its role. */
  mayAlso(actions: readonly string[], resource: string): void {
    this.policy.addStatements(
      new PolicyStatement({ actions: [...actions], resources: [resource] }),
    );
  }
}
