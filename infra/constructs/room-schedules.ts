import { Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { Named } from '#infra/entries.ts';
import type { Keys } from '#infra/resources.ts';
import type { ScheduledJob } from '#shared/journal/job.ts';
import type { DeadLetterQueue } from './house-queue.ts';
import type { RoomFunction } from './room-function.ts';

export interface RoomSchedulesProps {
  readonly keys: Keys;
  readonly failures: DeadLetterQueue;
}

/** The clock of the house: EventBridge Scheduler in Paris time, under one role that may start only these functions. */
export class RoomSchedules extends Construct {
  private readonly group: CfnScheduleGroup;
  private readonly policy: ManagedPolicy;
  private readonly role: Role;
  private readonly failures: DeadLetterQueue;

  constructor(scope: Construct, id: string, { keys, failures }: RoomSchedulesProps) {
    super(scope, id);
    const { account } = Stack.of(this);
    this.failures = failures;
    this.group = new CfnScheduleGroup(this, 'group');
    this.policy = new ManagedPolicy(this, 'rights', {
      description: 'May start the functions of the clock, and keep what could not be started',
      statements: [
        new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [failures.queueArn] }),
        new PolicyStatement({
          actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
          resources: [keys.messages.keyArn],
        }),
      ],
    });
    this.role = new Role(this, 'role', {
      description: 'Role of the clock',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': account, 'aws:SourceArn': this.group.attrArn },
        },
      }),
      managedPolicies: [this.policy],
    });
  }

  /** Starts a function by the clock. Jobs are catch-up jobs, so a start that failed for an hour may be dropped. */
  start(started: RoomFunction, { name, cron }: Named<ScheduledJob>): void {
    refuseTheSkippedHour(name, cron);
    this.policy.addStatements(
      new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [started.functionArn] }),
    );
    const schedule = new CfnSchedule(this, `${started.entry.id}-${name}`, {
      groupName: this.group.ref,
      scheduleExpression: cron.startsWith('cron(') ? cron : `cron(${cron})`,
      scheduleExpressionTimezone: 'Europe/Paris',
      flexibleTimeWindow: { mode: 'OFF' },
      state: 'ENABLED',
      target: {
        arn: started.functionArn,
        roleArn: this.role.roleArn,
        deadLetterConfig: { arn: this.failures.queueArn },
        retryPolicy: { maximumEventAgeInSeconds: 3600, maximumRetryAttempts: 10 },
        input: JSON.stringify({ job: name, scheduledAt: '<aws.scheduler.scheduled-time>' }),
      },
    });
    schedule.node.addDependency(this.policy);
  }
}

/** Throws when a cron may start then: on the last Sunday of March 02:00-02:59 does not exist in Paris, and Scheduler skips it. */
export function refuseTheSkippedHour(name: string, cron: string): void {
  const hours = cron.replace(/^cron\(|\)$/g, '').split(/\s+/)[1] ?? '';
  for (const hour of hours.split(',')) {
    const [from = '', to = from] = (hour.split('/')[0] ?? '').split('-');
    const stepped = hour.includes('/') || from === '*';
    if (stepped || (Number(from) <= 2 && Number(to) >= 2)) {
      throw new Error(
        `The job ${name} may start between 02:00 and 03:00 in Paris, an hour that is skipped once a year: ${cron}`,
      );
    }
  }
}
