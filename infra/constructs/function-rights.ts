import { Arn, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Keys, Resources } from '#infra/resources.ts';
import type { Rights } from '#shared/rights.ts';
import type { SealedBucket } from './sealed-bucket.ts';

/** Pairs of a record whose keys are known, without the names that are absent. */
export function pairs<Name extends string, Value>(
  record: { readonly [N in Name]?: Value } | undefined,
): readonly (readonly [Name, Value])[] {
  const found: (readonly [Name, Value])[] = [];
  for (const name in record) {
    const value = record[name];
    if (value !== undefined) found.push([name, value]);
  }
  return found;
}

/** A bucket's ARN as another stack takes it: an export by name, before synthesis as after it. */
export function exportedArn(bucket: SealedBucket): string {
  return Stack.of(bucket).exportValue(bucket.bucketArn);
}

const prefixed = (service: string, actions: readonly string[]) =>
  actions.map((action) => `${service}:${action}`).sort();

function allow(actions: readonly string[], resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

/**
 * The statements of a function's role from its declared rights: literal actions on exact resources,
 * with what encryption implies (a table, bucket or queue under a key of ours asks for the key too).
 */
export function statementsOf(
  scope: Construct,
  rights: Rights,
  { keys, resources }: { readonly keys: Keys; readonly resources: Resources },
): readonly PolicyStatement[] {
  const statements: PolicyStatement[] = [];
  const tables = pairs(rights.tables);
  for (const [name, actions] of tables) {
    statements.push(allow(prefixed('dynamodb', actions), [resources.tables[name].tableArn]));
  }
  for (const [name, indexes] of pairs(rights.indexes)) {
    const { tableArn } = resources.tables[name];
    statements.push(
      allow(
        ['dynamodb:Query'],
        indexes.map((index) => `${tableArn}/index/${index}`),
      ),
    );
  }
  if (tables.length > 0 || pairs(rights.indexes).length > 0) {
    statements.push(allow(['kms:Decrypt'], [keys.records.keyArn]));
  }
  for (const [name, uses] of pairs(rights.buckets)) {
    for (const { action, prefix } of uses) {
      const arn = exportedArn(resources.buckets[name]);
      const on = action === 'ListBucketVersions' ? arn : `${arn}/${prefix}*`;
      statements.push(allow([`s3:${action}`], [on]));
    }
    // An upload in parts would need both; a put in one piece only makes a key.
    const onKey = {
      'kms:Decrypt': uses.some(({ action }) => action === 'GetObject'),
      'kms:GenerateDataKey': uses.some(({ action }) => action === 'PutObject'),
    };
    const needed = pairs(onKey).flatMap(([action, isNeeded]) => (isNeeded ? [action] : []));
    if (needed.length > 0) statements.push(allow(needed, [keys.files.keyArn]));
  }
  for (const [name, actions] of pairs(rights.queues)) {
    statements.push(allow(prefixed('sqs', actions), [resources.queues[name].queueArn]));
    statements.push(allow(['kms:Decrypt', 'kms:GenerateDataKey'], [keys.messages.keyArn]));
  }
  for (const [name, actions] of pairs(rights.keys)) {
    statements.push(allow(prefixed('kms', actions), [keys.named[name].keyArn]));
  }
  if (rights.mail) {
    const { identity, configurationSet } = resources.mail;
    const setArn = Arn.format(
      {
        service: 'ses',
        resource: 'configuration-set',
        resourceName: configurationSet.configurationSetName,
      },
      Stack.of(scope),
    );
    statements.push(allow(['ses:SendEmail'], [identity.emailIdentityArn, setArn]));
  }
  if (rights.sms) {
    const { pool, configurationSet } = resources.sms;
    const arns = [pool.attrArn, configurationSet.attrArn];
    statements.push(allow(['sms-voice:SendTextMessage'], arns));
  }
  if (rights.events) statements.push(allow(['events:PutEvents'], [resources.bus.eventBusArn]));
  return statements;
}
