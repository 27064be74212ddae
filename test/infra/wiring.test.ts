import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { refuseTheSkippedHour } from '#infra/constructs/room-schedules.ts';
import { entriesOf } from '#infra/entries.ts';
import { cloudOf, type Deployed, pointsAt } from '#test/support/cloud.ts';

const cloud = cloudOf();
const entries = entriesOf();
const nameOf = ({ stack, id }: Deployed) => `${stack}/${id}`;
const alarms = cloud.ofType('AWS::CloudWatch::Alarm');

/** The alarms on a metric of a resource. */
function alarmsOn({ id, stack }: Deployed, metric: string): readonly Deployed[] {
  return alarms.filter(
    ({ properties }) =>
      properties.MetricName === metric &&
      pointsAt(properties.Dimensions).includes(id) &&
      // Two stacks may use one logical id; the description names the right one.
      (id.startsWith('failures')
        ? String(properties.AlarmDescription).includes(stack.split('-').at(-1) ?? '')
        : true),
  );
}

describe('queues', () => {
  const queues = cloud.ofType('AWS::SQS::Queue');
  const ends = queues.filter(({ properties }) => properties.RedrivePolicy === undefined);
  const read = queues.filter((queue) => !ends.includes(queue));

  test('every queue that is read hides a message longer than its reader takes, and gives it up after about an hour and five attempts at least', () => {
    expect(read.length).toBe(
      new Set(entries.flatMap(({ queues: all }) => all.map(({ queue }) => queue))).size +
        entries.flatMap(({ subscribers }) => subscribers.filter(({ kind }) => kind !== 'stream'))
          .length,
    );
    const slowest = new Map(
      entries.flatMap(({ queues: all, timeoutSeconds }) =>
        all.map(({ queue }) => [queue.replaceAll('_', ''), timeoutSeconds] as const),
      ),
    );
    for (const { id, properties } of read) {
      const seconds = [...slowest].find(([name]) => id.startsWith(name))?.[1] ?? 60;
      const hidden = Number(properties.VisibilityTimeout);
      expect(hidden, id).toBeGreaterThanOrEqual(1.2 * seconds);
      const { maxReceiveCount } = z
        .object({ maxReceiveCount: z.int().min(6) })
        .parse(properties.RedrivePolicy);
      expect(hidden * (maxReceiveCount - 1), id).toBeGreaterThanOrEqual(3600);
      expect(hidden * (maxReceiveCount - 1), id).toBeLessThanOrEqual(1.5 * 3600);
    }
  });

  test('what has no dead-letter queue is where failures end, and keeps them longest', () => {
    for (const { properties } of ends) expect(properties.MessageRetentionPeriod).toBe(14 * 86_400);
    for (const { properties } of read)
      expect(properties.MessageRetentionPeriod).toBeLessThan(14 * 86_400);
  });

  test('every queue has an alarm on the age of its oldest message', () => {
    const without = queues.filter(
      (queue) => alarmsOn(queue, 'ApproximateAgeOfOldestMessage').length === 0,
    );
    expect(without.map(nameOf)).toEqual([]);
  });

  test('one message where failures end is an alarm', () => {
    for (const queue of ends) {
      const [alarm] = alarmsOn(queue, 'ApproximateNumberOfMessagesVisible');
      expect(alarm?.properties, nameOf(queue)).toMatchObject({
        Threshold: 0,
        ComparisonOperator: 'GreaterThanThreshold',
      });
    }
  });
});

describe('alarms', () => {
  test('each tells the topic when it begins and when it ends, and says what to look at', () => {
    const [topic] = cloud.ofType('AWS::SNS::Topic');
    for (const alarm of alarms) {
      expect(pointsAt(alarm.properties.AlarmActions), nameOf(alarm)).toEqual([topic?.id]);
      expect(pointsAt(alarm.properties.OKActions), nameOf(alarm)).toEqual([topic?.id]);
      expect(String(alarm.properties.AlarmDescription).length, nameOf(alarm)).toBeGreaterThan(20);
    }
  });

  test('every function is watched for errors and throttles, every stream reader for falling behind', () => {
    for (const one of cloud.ofType('AWS::Lambda::Function')) {
      for (const metric of ['Errors', 'Throttles']) {
        expect(alarmsOn(one, metric).length, `${nameOf(one)} ${metric}`).toBe(1);
      }
    }
    const readers = entries.filter(({ subscribers }) =>
      subscribers.some(({ kind }) => kind === 'stream'),
    );
    const behind = alarms.filter(({ properties }) => properties.MetricName === 'IteratorAge');
    expect(behind.length).toBe(readers.length);
  });
});

test('what the clock finds undone for long is an alarm: deadlines after six hours, waves and deletions after a day, who waits for a decision after two weeks', () => {
  const overdue = alarms.filter(({ properties }) => properties.MetricName === 'overdueSeconds');
  const told = overdue.map(({ properties: { Namespace, Dimensions, Threshold } }) => [
    ...[Namespace, Dimensions, Threshold],
  ]);
  const of = (job: string) => [{ Name: 'job', Value: job }];
  expect(told).toEqual([
    ['mon-espace-sante', of('start-opening'), 6 * 3600],
    ['mon-espace-sante', of('start-deletion'), 24 * 3600],
    ['mon-espace-sante', of('start-sending'), 24 * 3600],
    ['mon-espace-sante', of('decide-suspension'), 14 * 24 * 3600],
  ]);
});

test('the first sign that something kept was changed is an alarm, whoever comes upon it', () => {
  const on = alarms.filter(({ properties }) => properties.MetricName === 'integrityFaults');
  const told = on.map(({ properties: { Namespace, Dimensions, Threshold, Statistic } }) => [
    ...[Namespace, Dimensions, Threshold, Statistic],
  ]);
  expect(told).toEqual([['mon-espace-sante', undefined, 0, 'Sum']]);
});

describe('the clock', () => {
  const Schedule = z.object({
    ScheduleExpression: z.string(),
    ScheduleExpressionTimezone: z.string(),
    Target: z.object({
      Input: z.string(),
      DeadLetterConfig: z.unknown(),
      RetryPolicy: z.unknown(),
    }),
  });
  const schedules = cloud
    .ofType('AWS::Scheduler::Schedule')
    .map(({ properties }) => Schedule.parse(properties));

  test('each declared job has its schedule, in Paris time, with a place for starts that failed', () => {
    const declared = entries.flatMap(({ schedules: all }) => all.map(({ name }) => name));
    const started = schedules.map(({ Target }) => JSON.parse(Target.Input));
    expect(started.map(({ job }) => job).sort()).toEqual(declared.sort());
    for (const { scheduledAt } of started)
      expect(scheduledAt).toBe('<aws.scheduler.scheduled-time>');
    for (const one of schedules) {
      expect(one.ScheduleExpressionTimezone).toBe('Europe/Paris');
      expect(one.ScheduleExpression).toMatch(/^cron\(.+\)$/);
    }
  });

  test('no schedule starts in the hour that is skipped once a year', () => {
    for (const { ScheduleExpression } of schedules) {
      expect(() => refuseTheSkippedHour('job', ScheduleExpression)).not.toThrow();
    }
  });

  test.each([
    ['15 2 * * ? *', true],
    ['cron(0 2 * * ? *)', true],
    ['0 * * * ? *', true],
    ['0 0/2 * * ? *', true],
    ['0 1-4 * * ? *', true],
    ['0 0,2 * * ? *', true],
    ['59 1 * * ? *', false],
    ['0 3 * * ? *', false],
    ['0 12,22 * * ? *', false],
    ['0 3-20 * * ? *', false],
  ])('a schedule %s is refused: %s', (cron, refused) => {
    const start = () => refuseTheSkippedHour('job', cron);
    if (refused) expect(start).toThrow('02:00 and 03:00');
    else expect(start).not.toThrow();
  });
});

describe('readers', () => {
  const mappings = cloud.ofType('AWS::Lambda::EventSourceMapping');
  const streams = mappings.filter(({ properties }) => properties.StartingPosition !== undefined);

  test('of the journal begin at its beginning, halve what fails, and never give a line up', () => {
    expect(streams.length).toBe(2);
    for (const { properties } of streams) {
      expect(properties).toMatchObject({
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: -1,
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      });
      const windowed = properties.TumblingWindowInSeconds !== undefined;
      expect(properties.FunctionResponseTypes).toEqual(
        windowed ? undefined : ['ReportBatchItemFailures'],
      );
    }
  });

  test('the statistics see the shard in their events', () => {
    const windows = streams.map(({ id, properties }) => [
      id.startsWith('statistics'),
      properties.TumblingWindowInSeconds !== undefined,
    ]);
    expect(windows).toContainEqual([true, true]);
  });

  test('of queues name the messages that failed', () => {
    for (const { properties } of mappings.filter((mapping) => !streams.includes(mapping))) {
      expect(properties.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
    }
  });

  test('the journal has no more than the two readers that DynamoDB allows', () => {
    const onStream = entries.flatMap(({ subscribers }) =>
      subscribers.filter(({ kind }) => kind === 'stream'),
    );
    expect(onStream.length).toBeLessThanOrEqual(2);
  });
});

test('the journal holds a stream of new images, and the people by deadline have their sparse index', () => {
  const tables = cloud.ofType('AWS::DynamoDB::Table');
  const of = (name: string) => tables.find(({ id }) => id.startsWith(name))?.properties;
  expect(of('JOURNALTABLE')?.StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
  expect(of('ENROLMENTTABLE')).toMatchObject({
    TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
    GlobalSecondaryIndexes: [{ IndexName: 'due', Projection: { ProjectionType: 'INCLUDE' } }],
  });
});
