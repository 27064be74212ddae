import {
  Alarm,
  ComparisonOperator,
  type Metric,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { AlarmTopic } from './house-topic.ts';

export interface HouseAlarmProps {
  /** What has happened and what to look at, for whoever is woken. */
  readonly says: string;
  readonly metric: Metric;
  readonly above: number;
  /** How many periods of the metric in a row. */
  readonly periods?: number;
  readonly topic: AlarmTopic;
}

/** An alarm that tells the topic when it begins and when it ends. Silence is no alarm. */
export class HouseAlarm extends Alarm {
  constructor(
    scope: Construct,
    id: string,
    { says, metric, above, periods = 1, topic }: HouseAlarmProps,
  ) {
    super(scope, id, {
      alarmDescription: says,
      metric,
      threshold: above,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: periods,
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
    const action = new SnsAction(topic);
    this.addAlarmAction(action);
    this.addOkAction(action);
  }
}
