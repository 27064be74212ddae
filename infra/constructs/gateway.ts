import { Aws, Fn, Stack } from 'aws-cdk-lib';
import {
  AccessLogFormat,
  ApiDefinition,
  EndpointType,
  LogGroupLogDestination,
  MethodLoggingLevel,
  SpecRestApi,
} from 'aws-cdk-lib/aws-apigateway';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import type { Entry } from '#infra/entries.ts';
import { gatewayBody, publicOperations } from '#infra/gateway-body.ts';
import { acknowledge } from './acknowledge.ts';
import { Firewall } from './firewall.ts';
import { GatewayAccount } from './gateway-account.ts';
import { HouseLogGroup } from './log-group.ts';

export interface GatewayProps {
  readonly stage: Stage;
  readonly entries: readonly Entry[];
  readonly functions: ReadonlyMap<string, IFunction>;
  readonly logsKey: IKey;
}

/** One line a request, without identities: no address, no token, no path with its values. */
const accessLog = JSON.stringify({
  requestId: '$context.requestId',
  traceId: '$context.xrayTraceId',
  time: '$context.requestTimeEpoch',
  method: '$context.httpMethod',
  resource: '$context.resourcePath',
  status: '$context.status',
  latencyMs: '$context.responseLatency',
  integrationMs: '$context.integrationLatency',
  bytes: '$context.responseLength',
  error: '$context.error.responseType',
  authorizerStatus: '$context.authorizer.status',
  firewall: '$context.waf.status',
});

/** The REST API from the generated definition: five resources however many routes, each change one atomic deployment. */
export class Gateway extends Construct {
  readonly api: SpecRestApi;
  readonly operationsArn: string;
  readonly authorizersArn: string;

  constructor(scope: Construct, id: string, { stage, entries, functions, logsKey }: GatewayProps) {
    super(scope, id);
    const stack = Stack.of(this);
    const uriOf = (version: string, action: string) => (entryId: string) => {
      const target = functions.get(entryId);
      if (!target) throw new Error(`No function is called ${entryId}.`);
      const path = `arn:${Aws.PARTITION}:apigateway:${stack.region}:lambda:path/${version}/functions`;
      return Fn.join('', [path, '/', target.functionArn, '/', action]);
    };
    const invocationUri = uriOf('2015-03-31', 'invocations');
    const streamingUri = uriOf('2021-11-15', 'response-streaming-invocations');
    const title = `mes-${stage.name}`;
    this.api = new SpecRestApi(this, 'api', {
      restApiName: title,
      apiDefinition: ApiDefinition.fromInline(
        gatewayBody(entries, { title, invocationUri, streamingUri }),
      ),
      endpointTypes: [EndpointType.REGIONAL],
      // A part of the definition that was not understood must not become an open method.
      failOnWarnings: true,
      cloudWatchRole: false,
      deployOptions: {
        stageName: 'v1',
        tracingEnabled: true,
        throttlingRateLimit: stage.throttle.rate,
        throttlingBurstLimit: stage.throttle.burst,
        accessLogDestination: new LogGroupLogDestination(
          new HouseLogGroup(this, 'access-log', { key: logsKey }),
        ),
        accessLogFormat: AccessLogFormat.custom(accessLog),
        loggingLevel: MethodLoggingLevel.ERROR,
        dataTraceEnabled: false,
        metricsEnabled: true,
      },
    });
    // The first stage of an account cannot log before the account has its role.
    this.api.deploymentStage.node.addDependency(new GatewayAccount(this, 'account'));
    new Firewall(this, 'firewall', {
      stage,
      logsKey,
      protects: this.api.deploymentStage.stageArn,
      publicPaths: publicOperations(entries).map(
        (operation) => operation.split(' ')[1] ?? operation,
      ),
    });
    acknowledge(
      this.api,
      ['AwsSolutions-APIG2'],
      'Each function parses what it is sent with the schema of its route, and tells what is wrong field by field; the gateway could not.',
    );
    acknowledge(
      this.api.deploymentStage,
      [
        'HIPAA.Security-APIGWCacheEnabledAndEncrypted',
        'NIST.800.53.R5-APIGWCacheEnabledAndEncrypted',
      ],
      'Every answer is private and marked no-store: a cache is what must not be.',
    );
    acknowledge(
      this.api.deploymentStage,
      ['HIPAA.Security-APIGWSSLEnabled', 'NIST.800.53.R5-APIGWSSLEnabled'],
      'A client certificate is for HTTP backends; these are functions, which only this gateway may invoke.',
    );
    this.operationsArn = this.api.arnForExecuteApi('*', '/*', 'v1');
    this.authorizersArn = stack.formatArn({
      service: 'execute-api',
      resource: this.api.restApiId,
      resourceName: 'authorizers/*',
    });
  }
}
