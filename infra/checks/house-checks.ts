import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnMethod, CfnRestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnUrl } from 'aws-cdk-lib/aws-lambda';
import { NagMessageLevel, NagPack, NagRuleCompliance, type NagRuleResult } from 'cdk-nag';
import * as z from 'zod';
import { tokenScheme } from '#infra/gateway-body.ts';

const methods = [
  'get',
  'put',
  'post',
  'delete',
  'options',
  'head',
  'patch',
  'trace',
  'x-amazon-apigateway-any-method',
];
const Operation = z.looseObject({
  security: z.array(z.record(z.string(), z.unknown())).optional(),
});
const Body = z.looseObject({ paths: z.record(z.string(), z.record(z.string(), z.unknown())) });

/** Operations of a gateway body that let anyone in, as `GET /path`. */
export function openOperations(body: unknown): readonly string[] {
  const { paths } = Body.parse(body);
  return Object.entries(paths).flatMap(([path, operations]) =>
    Object.entries(operations)
      .filter(([method, operation]) => methods.includes(method) && !asksForToken(operation))
      .map(([method]) => `${method.toUpperCase()} ${path}`),
  );
}

/** Whether every alternative that the operation offers goes through the authorizer. */
function asksForToken(operation: unknown): boolean {
  const { security = [] } = Operation.parse(operation);
  return security.length > 0 && security.every((one) => tokenScheme in one);
}

/**
 * What the public rule packs cannot see: they look for methods as resources, and our gateway is one
 * document. An open operation must be one that a room declares for everyone.
 */
export class HouseChecks extends NagPack {
  readonly name = 'HouseChecks';
  private readonly declaredPublic: ReadonlySet<string>;

  constructor(declaredPublic: readonly string[]) {
    super();
    this.packName = 'House';
    this.declaredPublic = new Set(declaredPublic);
  }

  protected override checkResource(node: CfnResource): void {
    this.hold(node, 'PublicOperation', 'Only what a room declares public is open', (at) =>
      this.undeclared(at),
    );
    this.hold(
      node,
      'MethodOutsideBody',
      'Methods stand in the generated document, nowhere else',
      (at) =>
        at instanceof CfnMethod ? NagRuleCompliance.NON_COMPLIANT : NagRuleCompliance.COMPLIANT,
    );
    this.hold(node, 'FunctionUrl', 'A function is reached through the gateway alone', (at) =>
      at instanceof CfnUrl ? NagRuleCompliance.NON_COMPLIANT : NagRuleCompliance.COMPLIANT,
    );
  }

  private hold(
    node: CfnResource,
    rule: string,
    info: string,
    check: (node: CfnResource) => NagRuleResult,
  ): void {
    this.applyRule({
      ruleSuffixOverride: rule,
      info,
      explanation: info,
      level: NagMessageLevel.ERROR,
      node,
      rule: check,
    });
  }

  private undeclared(node: CfnResource): NagRuleResult {
    if (!(node instanceof CfnRestApi)) return NagRuleCompliance.NOT_APPLICABLE;
    const open = openOperations(Stack.of(node).resolve(node.body));
    return open.filter((operation) => !this.declaredPublic.has(operation));
  }
}
