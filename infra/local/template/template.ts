import * as z from 'zod';

const Resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
});
export type Resource = z.infer<typeof Resource>;

/** What the world reads of a synthesized CloudFormation template; policies on updates and deletion do not concern it. */
export const Template = z.looseObject({
  Resources: z.record(z.string(), Resource).default({}),
  Outputs: z
    .record(
      z.string(),
      z.looseObject({
        Value: z.unknown(),
        Export: z.looseObject({ Name: z.unknown() }).optional(),
      }),
    )
    .default({}),
  Parameters: z.record(z.string(), z.looseObject({ Default: z.unknown().optional() })).default({}),
  Conditions: z.record(z.string(), z.unknown()).default({}),
  Mappings: z
    .record(z.string(), z.record(z.string(), z.record(z.string(), z.unknown())))
    .default({}),
});
export type Template = z.infer<typeof Template>;

export interface StackTemplate {
  readonly name: string;
  readonly template: Template;
  /** Folder of an asset by the S3 key under which a function names its code. */
  readonly assetFolder: (s3Key: string) => string;
}

/** A resource's name over all stacks. */
export function addressOf(stack: string, logicalId: string): string {
  return `${stack}/${logicalId}`;
}
