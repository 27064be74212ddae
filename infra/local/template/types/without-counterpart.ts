/**
 * Resource types that have no counterpart at home, each with its reason. A type that stands neither
 * here nor among the handlers makes the start fail with its name.
 */
export const withoutCounterpart: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Account': 'a setting of the account: where the gateway logs',
  'AWS::ApiGateway::Deployment': 'the gateway at home always serves the definition at hand',
  'AWS::ApiGateway::Stage':
    'throttling, access log and tracing guard the cloud; home serves one stage at the root',
  'AWS::CDK::Metadata': 'tells AWS which CDK was used',
  'AWS::CloudWatch::Alarm': 'nobody is on call at home; figures are at /counts',
  'AWS::CloudWatch::CompositeAlarm': 'as alarms',
  'AWS::CloudWatch::Dashboard': 'as alarms',
  'AWS::DynamoDB::ResourcePolicy': 'rights are judged by roles',
  'AWS::KMS::ReplicaKey': 'one region only',
  'AWS::Lambda::Permission':
    'the world itself starts functions, by the mappings, schedules and routes of the template',
  'AWS::Lambda::Version': 'one version runs at home: the code at hand',
  'AWS::Lambda::Alias': 'as versions',
  'AWS::Logs::LogGroup': 'functions log to files in the folder',
  'AWS::Logs::MetricFilter': 'as alarms',
  'AWS::Logs::ResourcePolicy': 'as log groups',
  'AWS::Logs::QueryDefinition': 'as log groups',
  'AWS::S3::BucketPolicy':
    'TLS only, and log delivery: home has neither; rights are judged by roles',
  'AWS::SES::ConfigurationSetEventDestination':
    'the mail engine announces bounces on the default bus by itself',
  'AWS::SNS::Topic': 'carries alarms only',
  'AWS::SNS::Subscription': 'as topics',
  'AWS::SNS::TopicPolicy': 'as topics',
  'AWS::SNS::TopicInlinePolicy': 'as topics',
  'AWS::SQS::QueuePolicy':
    'TLS only, and rules that may send: the world delivers by the rules of the template',
  'AWS::SQS::QueueInlinePolicy': 'as queue policies',
  'AWS::Scheduler::ScheduleGroup': 'a name for schedules',
  'AWS::WAFv2::WebACL': 'guards against the internet, which does not reach 127.0.0.1',
  'AWS::WAFv2::WebACLAssociation': 'as the web ACL',
  'AWS::WAFv2::LoggingConfiguration': 'as the web ACL',
  'AWS::XRay::ResourcePolicy': 'no tracing at home',
};
