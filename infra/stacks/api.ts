import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import { Gateway } from '#infra/constructs/gateway.ts';
import { DeadLetterQueue } from '#infra/constructs/house-queue.ts';
import { HouseStack } from '#infra/constructs/house-stack.ts';
import { RoomFunction } from '#infra/constructs/room-function.ts';
import { TracingPolicy } from '#infra/constructs/tracing-policy.ts';
import type { Entry } from '#infra/entries.ts';
import type { Keys, Resources } from '#infra/resources.ts';

export interface FunctionsProps {
  readonly keys: Keys;
  readonly resources: Resources;
  readonly entries: readonly Entry[];
  readonly codeOf: (entryId: string) => string;
}

/** What answers HTTP: the gateway with its firewall, and the functions behind it. */
export class ApiStack extends HouseStack {
  readonly gateway: Gateway;
  readonly functions: ReadonlyMap<string, RoomFunction>;
  readonly failures: DeadLetterQueue;

  constructor(
    scope: Construct,
    stage: Stage,
    { keys, resources, entries, codeOf }: FunctionsProps,
  ) {
    super(scope, 'api', stage);
    this.failures = new DeadLetterQueue(this, 'failures', { key: keys.messages });
    const tracing = new TracingPolicy(this, 'tracing');
    const around = { stage, keys, resources, tracing, codeOf, failures: this.failures };
    const answering = entries.filter(
      ({ isAuthorizer, routes }) => isAuthorizer || routes.length > 0,
    );
    this.functions = new Map(
      answering.map((entry) => [entry.id, new RoomFunction(this, entry, around)]),
    );
    this.gateway = new Gateway(this, 'gateway', {
      stage,
      entries: answering,
      functions: this.functions,
      logsKey: keys.logs,
    });
    for (const { id, isAuthorizer } of answering) {
      // One permission a function, whatever the number of its routes.
      this.functions.get(id)?.addPermission('gateway', {
        principal: new ServicePrincipal('apigateway.amazonaws.com'),
        sourceArn: isAuthorizer ? this.gateway.authorizersArn : this.gateway.operationsArn,
        sourceAccount: this.account,
      });
    }
  }
}
