import * as z from 'zod';
import { physicalName, type ResourceHandlers, saidName } from '../workshop.ts';

const RuleProperties = z.looseObject({
  Name: z.string().optional(),
  EventBusName: z.string().default('default'),
  EventPattern: z.unknown(),
  State: z.literal('ENABLED').default('ENABLED'),
  ScheduleExpression: z.undefined().optional(),
  Targets: z.array(
    z.looseObject({
      Arn: z.string().regex(/^arn:aws:sqs:/),
      InputPath: z.string().optional(),
      InputTransformer: z.undefined().optional(),
    }),
  ),
});

const ScheduleProperties = z.looseObject({
  Name: z.string().optional(),
  ScheduleExpression: z.string(),
  ScheduleExpressionTimezone: z.string().default('UTC'),
  State: z.literal('ENABLED').default('ENABLED'),
  FlexibleTimeWindow: z.looseObject({ Mode: z.literal('OFF') }),
  Target: z.looseObject({
    Arn: z.string().regex(/^arn:aws:lambda:/),
    RoleArn: z.string(),
    Input: z.string().default('{}'),
    DeadLetterConfig: z.looseObject({ Arn: z.string() }).optional(),
    RetryPolicy: z.looseObject({ MaximumRetryAttempts: z.coerce.number().optional() }).optional(),
  }),
});

const BodyProperties = z.looseObject({ Name: z.string().optional(), Body: z.looseObject({}) });
const identityName = z.looseObject({ EmailIdentity: z.string() });
const senderName = z.looseObject({ SenderId: z.string(), IsoCountryCode: z.string() });
const textSetName = z.looseObject({ ConfigurationSetName: z.string() });
const configurationName = z.looseObject({ Name: z.string().optional() });

/** Buses and rules, the clock's schedules, the gateway's definition, the senders of mails and text messages. */
export const messages: ResourceHandlers = {
  'AWS::Events::EventBus': {
    uses: ['Name'],
    make(resource, { events, inventory }) {
      const name = z.string().parse(resource.properties.Name ?? physicalName(resource, undefined));
      const arn = events.createBus(name);
      inventory.names.set(arn, saidName(resource.logicalId));
      return { ref: name, attributes: { Arn: arn, Name: name } };
    },
  },
  'AWS::Events::Rule': {
    uses: Object.keys(RuleProperties.shape),
    make(resource, { events, region, account }) {
      const wanted = RuleProperties.parse(resource.properties);
      const name = physicalName(resource, wanted.Name);
      const bus = wanted.EventBusName.split('/').at(-1) ?? 'default';
      events.putRule({
        name,
        bus,
        pattern: wanted.EventPattern,
        targets: wanted.Targets.map(({ Arn, InputPath }) => ({
          queueArn: Arn,
          inputPath: InputPath,
        })),
      });
      const path = bus === 'default' ? name : `${bus}/${name}`;
      return { ref: name, attributes: { Arn: `arn:aws:events:${region}:${account}:rule/${path}` } };
    },
  },
  'AWS::Scheduler::Schedule': {
    uses: Object.keys(ScheduleProperties.shape),
    make(resource, { inventory, region, account }) {
      const wanted = ScheduleProperties.parse(resource.properties);
      const name = physicalName(resource, wanted.Name);
      inventory.schedules.push({
        name: jobName(wanted.Target.Input) ?? saidName(resource.logicalId),
        expression: wanted.ScheduleExpression,
        zone: wanted.ScheduleExpressionTimezone,
        targetArn: wanted.Target.Arn,
        roleArn: wanted.Target.RoleArn,
        input: wanted.Target.Input,
        maxRetries: wanted.Target.RetryPolicy?.MaximumRetryAttempts ?? 185,
        deadLetterArn: wanted.Target.DeadLetterConfig?.Arn,
      });
      return {
        ref: name,
        attributes: { Arn: `arn:aws:scheduler:${region}:${account}:schedule/home/${name}` },
      };
    },
  },
  'AWS::ApiGateway::RestApi': {
    uses: ['Name', 'Body'],
    make(resource, { inventory }) {
      inventory.gateways.push(BodyProperties.parse(resource.properties).Body);
      return { ref: 'home', attributes: { RestApiId: 'home', RootResourceId: 'root' } };
    },
  },
  'AWS::SES::EmailIdentity': {
    uses: ['EmailIdentity'],
    make(resource, { inventory, region, account }) {
      const name = identityName.parse(resource.properties).EmailIdentity;
      inventory.names.set(
        `arn:aws:ses:${region}:${account}:identity/${name}`,
        saidName(resource.logicalId),
      );
      return { ref: name, attributes: {} };
    },
  },
  'AWS::SMSVOICE::ConfigurationSet': {
    uses: ['ConfigurationSetName'],
    make(resource, { inventory, region, account }) {
      const name = textSetName.parse(resource.properties).ConfigurationSetName;
      const arn = `arn:aws:sms-voice:${region}:${account}:configuration-set/${name}`;
      inventory.names.set(arn, saidName(resource.logicalId));
      return { ref: name, attributes: { Arn: arn } };
    },
  },
  'AWS::SMSVOICE::SenderId': {
    uses: ['SenderId', 'IsoCountryCode'],
    make(resource, { region, account }) {
      const { SenderId, IsoCountryCode } = senderName.parse(resource.properties);
      const arn = `arn:aws:sms-voice:${region}:${account}:sender-id/${SenderId}/${IsoCountryCode}`;
      return { ref: `${SenderId}|${IsoCountryCode}`, attributes: { Arn: arn } };
    },
  },
  'AWS::SMSVOICE::Pool': {
    uses: [],
    make(resource, { inventory, region, account }) {
      const name = physicalName(resource, undefined);
      const arn = `arn:aws:sms-voice:${region}:${account}:pool/${name}`;
      inventory.names.set(arn, saidName(resource.logicalId));
      return { ref: name, attributes: { Arn: arn, PoolId: name } };
    },
  },
  'AWS::SES::ConfigurationSet': {
    uses: ['Name'],
    make(resource, { inventory, region, account }) {
      const { Name } = configurationName.parse(resource.properties);
      const name = physicalName(resource, Name).slice(-64);
      inventory.names.set(
        `arn:aws:ses:${region}:${account}:configuration-set/${name}`,
        saidName(resource.logicalId),
      );
      return { ref: name, attributes: {} };
    },
  },
};

/** Our schedules say in their input which job they start. */
function jobName(input: string): string | undefined {
  return z.looseObject({ job: z.string() }).safeParse(JSON.parse(input)).data?.job;
}
