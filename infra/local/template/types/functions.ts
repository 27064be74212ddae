import * as z from 'zod';
import { physicalName, type ResourceHandlers, type Workshop } from '../workshop.ts';

const FunctionProperties = z.looseObject({
  FunctionName: z.string().optional(),
  Code: z.looseObject({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Timeout: z.coerce.number().default(3),
  MemorySize: z.coerce.number().default(128),
  Environment: z
    .looseObject({ Variables: z.record(z.string(), z.coerce.string()).default({}) })
    .optional(),
  ReservedConcurrentExecutions: z.coerce.number().optional(),
  DeadLetterConfig: z.looseObject({ TargetArn: z.string() }).optional(),
});

const MappingProperties = z.looseObject({
  FunctionName: z.string(),
  EventSourceArn: z.string(),
  Enabled: z.literal(true).optional(),
  BatchSize: z.coerce.number().optional(),
  MaximumBatchingWindowInSeconds: z.coerce.number().default(0),
  ScalingConfig: z.looseObject({ MaximumConcurrency: z.coerce.number() }).optional(),
  FunctionResponseTypes: z.array(z.literal('ReportBatchItemFailures')).default([]),
  StartingPosition: z.enum(['TRIM_HORIZON', 'LATEST']).default('TRIM_HORIZON'),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.coerce.number().default(-1),
  DestinationConfig: z
    .looseObject({ OnFailure: z.looseObject({ Destination: z.string() }) })
    .optional(),
  TumblingWindowInSeconds: z.coerce.number().default(0),
  ParallelizationFactor: z.literal(1).optional(),
  FilterCriteria: z.undefined().optional(),
});

const InvokeProperties = z.looseObject({
  FunctionName: z.string(),
  MaximumRetryAttempts: z.coerce.number().default(2),
  DestinationConfig: z
    .looseObject({ OnFailure: z.looseObject({ Destination: z.string() }).optional() })
    .optional(),
});

/** Functions and what starts them. */
export const functions: ResourceHandlers = {
  'AWS::Lambda::Function': {
    uses: Object.keys(FunctionProperties.shape),
    make(resource, workshop) {
      const wanted = FunctionProperties.parse(resource.properties);
      const name = physicalName(resource, wanted.FunctionName);
      const arn = functionArn(name, workshop);
      const environment = localized(wanted.Environment?.Variables ?? {}, workshop.substitutes);
      const id = environment.FUNCTION_ID ?? name;
      workshop.inventory.functions.push({
        id,
        name,
        arn,
        roleArn: wanted.Role,
        folder: resource.stack.assetFolder(wanted.Code.S3Key),
        handler: wanted.Handler,
        timeoutSeconds: wanted.Timeout,
        memoryMb: wanted.MemorySize,
        environment,
        reservedConcurrency: wanted.ReservedConcurrentExecutions,
        deadLetterArn: wanted.DeadLetterConfig?.TargetArn,
      });
      workshop.inventory.names.set(arn, id);
      return { ref: name, attributes: { Arn: arn } };
    },
  },
  'AWS::Lambda::EventSourceMapping': {
    uses: Object.keys(MappingProperties.shape),
    make(resource, workshop) {
      const wanted = MappingProperties.parse(resource.properties);
      const ofQueue = wanted.EventSourceArn.includes(':sqs:');
      workshop.inventory.mappings.push({
        id: resource.address,
        functionArn: functionArn(wanted.FunctionName, workshop),
        sourceArn: wanted.EventSourceArn,
        batchSize: wanted.BatchSize ?? (ofQueue ? 10 : 100),
        batchWindowSeconds: wanted.MaximumBatchingWindowInSeconds,
        maxConcurrency: wanted.ScalingConfig?.MaximumConcurrency ?? 5,
        reportsFailures: wanted.FunctionResponseTypes.length > 0,
        startingPosition: wanted.StartingPosition,
        bisects: wanted.BisectBatchOnFunctionError,
        maxRetries:
          wanted.MaximumRetryAttempts < 0 ? Number.POSITIVE_INFINITY : wanted.MaximumRetryAttempts,
        onFailureArn: wanted.DestinationConfig?.OnFailure.Destination,
        windowSeconds: wanted.TumblingWindowInSeconds,
      });
      return { ref: resource.logicalId, attributes: {} };
    },
  },
  'AWS::Lambda::EventInvokeConfig': {
    uses: Object.keys(InvokeProperties.shape),
    make(resource, { inventory }) {
      const wanted = InvokeProperties.parse(resource.properties);
      inventory.invokeSettings.push({
        functionName: wanted.FunctionName,
        maxRetries: wanted.MaximumRetryAttempts,
        onFailureArn: wanted.DestinationConfig?.OnFailure?.Destination,
      });
      return { ref: resource.logicalId, attributes: {} };
    },
  },
};

function functionArn(nameOrArn: string, { region, account }: Workshop): string {
  return nameOrArn.startsWith('arn:')
    ? nameOrArn
    : `arn:aws:lambda:${region}:${account}:function:${nameOrArn}`;
}

function localized(
  variables: Record<string, string>,
  substitutes: ReadonlyMap<string, string>,
): Record<string, string> {
  const local = (value: string) =>
    [...substitutes].reduce((text, [cloud, home]) => text.replaceAll(cloud, home), value);
  return Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, local(value)]));
}
