import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Duration } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import { HouseAlarm } from '#infra/constructs/house-alarm.ts';
import type { DeadLetterQueue, HouseQueue } from '#infra/constructs/house-queue.ts';
import { HouseStack } from '#infra/constructs/house-stack.ts';
import { AlarmTopic } from '#infra/constructs/house-topic.ts';
import type { RoomFunction } from '#infra/constructs/room-function.ts';
import type { Keys, Resources } from '#infra/resources.ts';
import { namespace } from '#shared/log.ts';
import type { ApiStack } from './api.ts';
import type { JobsStack } from './jobs.ts';

export interface WatchProps {
  readonly keys: Keys;
  readonly resources: Resources;
  readonly api: ApiStack;
  readonly jobs: JobsStack;
}

const fiveMinutes = { period: Duration.minutes(5) };

/** The age of the oldest of what a job of the clock found undone. */
const overdueOf = (job: string): Metric =>
  new Metric({
    namespace,
    metricName: 'overdueSeconds',
    dimensionsMap: { job },
    statistic: 'Maximum',
    period: Duration.hours(1),
  });

/** Alarms on all of it, told to one topic. */
export class WatchStack extends HouseStack {
  private readonly topic: AlarmTopic;

  constructor(scope: Construct, stage: Stage, { keys, resources, api, jobs }: WatchProps) {
    super(scope, 'watch', stage);
    this.topic = new AlarmTopic(this, 'alarms', { key: keys.messages, mail: stage.alarmMail });
    for (const watched of [...api.functions.values(), ...jobs.functions.values()])
      this.watchFunction(watched);
    for (const watched of [...Object.values(resources.queues), ...jobs.factQueues])
      this.watchQueue(watched);
    for (const [id, watched] of [
      ['api', api.failures],
      ['jobs', jobs.failures],
    ] as const) {
      this.watchDead(`${id}-failures`, watched);
    }
    this.watchGateway(api);
    this.watchTables(resources);
    this.watchMail();
    this.watchIntegrity();
    this.watchBacklog('start-opening', 'A deadline passed', Duration.hours(6));
    this.watchBacklog('start-deletion', 'A step of a deletion was due', Duration.hours(24));
    this.watchBacklog('start-sending', 'A wave was begun', Duration.hours(24));
    this.watchDecisions(Duration.days(14));
  }

  /** The clock's jobs find what is left; what is left for long does not get done by itself. */
  private watchBacklog(job: string, what: string, limit: Duration): void {
    const metric = overdueOf(job);
    const says = `${what} over ${limit.toHours()} hours ago and is not done: see its queue and its dead letters`;
    this.alarm(`${job}-overdue`, says, metric, limit.toSeconds());
  }

  /** Who objects to a suspension cannot use his record until somebody decides: no clock does it (ENR-45). */
  private watchDecisions(limit: Duration): void {
    const says = `Somebody objected to the suspension of his record over ${limit.toDays()} days ago and no supervisor has decided: GET /enrolment/suspensions lists who waits`;
    this.alarm('suspensions-undecided', says, overdueOf('decide-suspension'), limit.toSeconds());
  }

  /** Nobody changes what is kept by way of the system: one such fault is a matter for its owners. */
  private watchIntegrity(): void {
    const metric = new Metric({
      namespace,
      metricName: 'integrityFaults',
      statistic: 'Sum',
      ...fiveMinutes,
    });
    const says =
      'Something kept was changed or cut off: look for journal-broken, line-unreadable and integrity in the log groups';
    this.alarm('integrity', says, metric, 0);
  }

  private alarm(id: string, says: string, metric: Metric, above: number, periods = 1): void {
    new HouseAlarm(this, id, { says, metric, above, periods, topic: this.topic });
  }

  private watchFunction(watched: RoomFunction): void {
    const { entry } = watched;
    const { id } = entry;
    this.alarm(
      `${id}-errors`,
      `${id} failed: see its log group`,
      watched.metricErrors(fiveMinutes),
      0,
    );
    this.alarm(
      `${id}-throttles`,
      `${id} was refused environments: its reserved concurrency is reached`,
      watched.metricThrottles(fiveMinutes),
      10,
    );
    if (entry.subscribers.some(({ kind }) => kind === 'stream')) {
      const age = watched.metric('IteratorAge', { ...fiveMinutes, statistic: 'Maximum' });
      this.alarm(`${id}-behind`, `${id} is more than ten minutes behind the journal`, age, 600_000);
    }
  }

  private watchQueue(watched: HouseQueue): void {
    const { id } = watched.node;
    this.watchAge(id, watched, Duration.hours(6));
    this.watchDead(`${id}-dead`, watched.dead);
  }

  private watchAge(id: string, watched: Queue, limit: Duration): void {
    const age = watched.metricApproximateAgeOfOldestMessage({
      ...fiveMinutes,
      statistic: 'Maximum',
    });
    this.alarm(
      `${id}-age`,
      `A message of ${id} has waited for ${limit.toHours()} hours`,
      age,
      limit.toSeconds(),
    );
  }

  private watchDead(id: string, watched: DeadLetterQueue): void {
    const depth = watched.metricApproximateNumberOfMessagesVisible({
      ...fiveMinutes,
      statistic: 'Maximum',
    });
    this.alarm(
      `${id}-letters`,
      `${id} holds what could not be handled: read, repair, redrive`,
      depth,
      0,
    );
    this.watchAge(id, watched, Duration.days(7));
  }

  private watchGateway({ gateway: { api } }: ApiStack): void {
    const metric = (metricName: string, statistic: string) =>
      new Metric({
        namespace: 'AWS/ApiGateway',
        metricName,
        dimensionsMap: { ApiName: api.restApiName, Stage: api.deploymentStage.stageName },
        statistic,
        ...fiveMinutes,
      });
    this.alarm(
      'gateway-faults',
      'More than one answer in a hundred is a 5xx',
      metric('5XXError', 'Average'),
      0.01,
      2,
    );
    this.alarm(
      'gateway-slow',
      'One answer in a hundred takes over three seconds',
      metric('Latency', 'p99'),
      3000,
      3,
    );
  }

  private watchTables({ tables }: Resources): void {
    for (const [name, { tableName }] of Object.entries(tables)) {
      for (const metricName of ['ReadThrottleEvents', 'WriteThrottleEvents']) {
        const dimensionsMap = { TableName: tableName };
        const metric = new Metric({
          namespace: 'AWS/DynamoDB',
          metricName,
          dimensionsMap,
          statistic: 'Sum',
          ...fiveMinutes,
        });
        this.alarm(
          `${name}-${metricName}`,
          `${name} throttles: raise its warm throughput before a peak`,
          metric,
          100,
          2,
        );
      }
    }
  }

  private watchMail(): void {
    // Above these SES puts an account under review (5 % and 0.1 %): know it well before.
    for (const [metricName, above] of [
      ['BounceRate', 0.03],
      ['ComplaintRate', 0.0005],
    ] as const) {
      const metric = new Metric({
        namespace: 'AWS/SES',
        metricName: `Reputation.${metricName}`,
        statistic: 'Average',
        period: Duration.hours(1),
      });
      this.alarm(
        `mail-${metricName}`,
        `The ${metricName} of our mails nears what SES allows`,
        metric,
        above,
      );
    }
  }
}
