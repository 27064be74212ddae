import { Stack } from 'aws-cdk-lib';
import { Effect, PolicyStatement, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Topic, TopicPolicy } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';

export interface AlarmTopicProps {
  readonly key: IKey;
  readonly mail: string | undefined;
}

/** Where every alarm is told: under a key of ours, TLS only, fed by CloudWatch of this account alone. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, { key, mail }: AlarmTopicProps) {
    super(scope, id, { displayName: 'Mon espace santé: alarmes', masterKey: key });
    if (mail) {
      acknowledge(
        this.addSubscription(new EmailSubscription(mail)),
        ['Serverless-SNSRedrivePolicy'],
        'A mail that cannot be delivered would wait where the alarm of it is told by the same mail.',
      );
    }
    const policy = new TopicPolicy(this, 'policy', { topics: [this] });
    policy.document.addStatements(
      new PolicyStatement({
        sid: 'Alarms',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
      new PolicyStatement({
        sid: 'OnlyOverTls',
        effect: Effect.DENY,
        principals: [new StarPrincipal()],
        actions: ['sns:Publish'],
        resources: [this.topicArn],
        conditions: { Bool: { 'aws:SecureTransport': 'false' } },
      }),
    );
  }
}
