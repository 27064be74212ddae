import * as z from 'zod';
import { PolicyDocument } from '#infra/local/door/policy.ts';
import {
  physicalName,
  type ResourceHandlers,
  type ResourceToMake,
  type Workshop,
} from '../workshop.ts';

const Inline = z.array(z.looseObject({ PolicyDocument }));
const RoleProperties = z.looseObject({
  RoleName: z.string().optional(),
  ManagedPolicyArns: z.array(z.string()).default([]),
  Policies: Inline.default([]),
});
const PolicyProperties = z.looseObject({
  ManagedPolicyName: z.string().optional(),
  PolicyDocument,
  Roles: z.array(z.string()).default([]),
});

/** Statements of managed policies wait here under the policy's ARN until a role names it. */
function keep(
  arn: string,
  document: z.infer<typeof PolicyDocument>,
  { inventory }: Workshop,
): void {
  const known = inventory.statements.get(arn) ?? [];
  inventory.statements.set(arn, [...known, ...document.Statement]);
}

function roleArn(name: string, { account }: Workshop): string {
  return `arn:aws:iam::${account}:role/${name}`;
}

function attach(resource: ResourceToMake, workshop: Workshop) {
  const wanted = PolicyProperties.parse(resource.properties);
  for (const role of wanted.Roles) keep(roleArn(role, workshop), wanted.PolicyDocument, workshop);
  return wanted;
}

/** Roles and their policies: what the door judges by. Trust policies are without effect, nobody assumes a role at home. */
export const rights: ResourceHandlers = {
  'AWS::IAM::Role': {
    uses: ['RoleName', 'ManagedPolicyArns', 'Policies'],
    make(resource, workshop) {
      const wanted = RoleProperties.parse(resource.properties);
      const name = physicalName(resource, wanted.RoleName);
      const arn = roleArn(name, workshop);
      for (const policyArn of wanted.ManagedPolicyArns) {
        const statements = workshop.inventory.statements.get(policyArn);
        if (statements === undefined)
          throw new Error(`${resource.address}: policy ${policyArn} is not known at home`);
        keep(arn, { Version: '2012-10-17', Statement: statements }, workshop);
      }
      for (const inline of wanted.Policies) keep(arn, inline.PolicyDocument, workshop);
      return { ref: name, attributes: { Arn: arn, RoleId: name } };
    },
  },
  'AWS::IAM::ManagedPolicy': {
    uses: ['ManagedPolicyName', 'PolicyDocument', 'Roles'],
    make(resource, workshop) {
      const { ManagedPolicyName, PolicyDocument: document } = attach(resource, workshop);
      const name = physicalName(resource, ManagedPolicyName);
      const arn = `arn:aws:iam::${workshop.account}:policy/${name}`;
      keep(arn, document, workshop);
      return { ref: arn, attributes: { PolicyArn: arn } };
    },
  },
  'AWS::IAM::Policy': {
    uses: ['PolicyDocument', 'Roles'],
    make(resource, workshop) {
      attach(resource, workshop);
      return { ref: resource.logicalId, attributes: {} };
    },
  },
};
