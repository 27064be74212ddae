import { CfnResource, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** One finding of the rules of infrastructure that stays, and why. */
export interface Acknowledgement {
  readonly resource: CfnResource;
  /** The finding as the rules name it, `AwsSolutions-IAM5[Resource::*]`. */
  readonly finding: string;
  readonly reason: string;
}

const declared = new WeakMap<IConstruct, Acknowledgement[]>();

/**
 * Says beside a construct why one finding on its resource stays. It counts for that one resource:
 * an acknowledgement on a parent would hide what comes later.
 */
export function acknowledge(
  construct: IConstruct,
  findings: readonly string[],
  reason: string,
): void {
  const resource = CfnResource.isCfnResource(construct) ? construct : construct.node.defaultChild;
  if (!CfnResource.isCfnResource(resource)) {
    throw new Error(`${construct.node.path} is no single resource to acknowledge a finding on.`);
  }
  const { root } = construct.node;
  const before = declared.get(root) ?? [];
  declared.set(root, [...before, ...findings.map((finding) => ({ resource, finding, reason }))]);
}

/** All acknowledgements that were declared in an app. */
export function acknowledgementsOf(root: IConstruct): readonly Acknowledgement[] {
  return declared.get(root) ?? [];
}

/** Tells the CDK of them, as it must know before it validates. */
export function applyAcknowledgements(root: IConstruct): void {
  for (const { resource, finding, reason } of acknowledgementsOf(root)) {
    Validations.of(resource).acknowledge({ id: finding, reason });
  }
}

/** Both packs ask every bucket for a copy in another place. */
export const replicationFindings = [
  'HIPAA.Security-S3BucketReplicationEnabled',
  'NIST.800.53.R5-S3BucketReplicationEnabled',
] as const;
