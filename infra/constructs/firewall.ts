import { Stack } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import { gateway } from '#infra/gateway-problems.ts';
import { problemOf } from '#shared/http/problem.ts';
import { HouseLogGroup } from './log-group.ts';

export interface FirewallProps {
  readonly stage: Stage;
  /** ARN of the gateway's stage. */
  readonly protects: string;
  readonly logsKey: IKey;
  /** Paths that need no token: one address gets fewer of these. */
  readonly publicPaths: readonly string[];
}

const seen = (metricName: string) => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  // Samples keep whole requests, tokens included, for three hours.
  sampledRequestsEnabled: false,
});

/** AWS's own rule sets, in the order of their cost. */
const managed = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  // Rooms bound their bodies route by route, and a document is larger than the 8 KB of this rule.
  { name: 'AWSManagedRulesCommonRuleSet', only: 'SizeRestrictions_BODY' },
];

/** The web firewall before the gateway: managed rules, and limits by address; it logs only what it blocks. */
export class Firewall extends Construct {
  readonly acl: CfnWebACL;

  constructor(
    scope: Construct,
    id: string,
    { stage, protects, logsKey, publicPaths }: FirewallProps,
  ) {
    super(scope, id);
    const limits = [
      { name: 'address', limit: stage.perAddress.all },
      {
        name: 'address-public',
        limit: stage.perAddress.public,
        scopeDownStatement: onPaths(publicPaths),
      },
    ];
    this.acl = new CfnWebACL(this, 'acl', {
      scope: 'REGIONAL',
      defaultAction: { allow: {} },
      visibilityConfig: seen('firewall'),
      customResponseBodies: { tooMany: problemBody('too-many-requests') },
      rules: [
        ...limits.map(({ name, ...limit }, priority) => ({
          name,
          priority,
          action: { block: { customResponse: tooMany } },
          statement: {
            rateBasedStatement: { ...limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 },
          },
          visibilityConfig: seen(name),
        })),
        ...managed.map(({ name, only }, index) => ({
          name,
          priority: limits.length + index,
          overrideAction: { none: {} },
          statement: {
            managedRuleGroupStatement: {
              vendorName: 'AWS',
              name,
              ...(only
                ? { ruleActionOverrides: [{ name: only, actionToUse: { count: {} } }] }
                : {}),
            },
          },
          visibilityConfig: seen(name),
        })),
      ],
    });
    new CfnWebACLAssociation(this, 'association', {
      webAclArn: this.acl.attrArn,
      resourceArn: protects,
    });
    this.logBlocked(logsKey, stage);
  }

  private logBlocked(key: IKey, stage: Stage): void {
    // WAF takes no group whose name does not begin so.
    const name = `aws-waf-logs-mes-${stage.name}`;
    const group = new HouseLogGroup(this, 'blocked', { key, name });
    const blocked = { ActionCondition: { Action: 'BLOCK' } };
    const logging = new CfnLoggingConfiguration(this, 'logging', {
      resourceArn: this.acl.attrArn,
      logDestinationConfigs: [
        Stack.of(this).formatArn({ service: 'logs', resource: `log-group:${name}` }),
      ],
      redactedFields: [
        { singleHeader: { Name: 'authorization' } },
        { singleHeader: { Name: 'cookie' } },
        { queryString: {} },
      ],
      loggingFilter: {
        DefaultBehavior: 'DROP',
        Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [blocked] }],
      },
    });
    logging.node.addDependency(group);
  }
}

const tooMany = {
  responseCode: 429,
  customResponseBodyKey: 'tooMany',
  responseHeaders: [{ name: 'Retry-After', value: '300' }],
};

function problemBody(reason: 'too-many-requests') {
  return { contentType: 'APPLICATION_JSON', content: JSON.stringify(problemOf(gateway(reason))) };
}

function onPaths(paths: readonly string[]): CfnWebACL.StatementProperty {
  const fixed = new Set(paths.map((path) => path.split('{')[0] ?? path));
  const statements = [...fixed].map((searchString) => ({
    byteMatchStatement: {
      searchString,
      fieldToMatch: { uriPath: {} },
      positionalConstraint: 'CONTAINS',
      textTransformations: [{ priority: 0, type: 'URL_DECODE' }],
    },
  }));
  const [only] = statements;
  return statements.length === 1 && only ? only : { orStatement: { statements } };
}
