import type { Stage } from '#infra/config.ts';
import type { Entry } from '#infra/entries.ts';
import type { Keys, Resources } from '#infra/resources.ts';
import { pairs } from './function-rights.ts';

/** The environment of a function: names of what its rights reach, and the stage's values that it reads. */
export function environmentOf(
  entry: Entry,
  {
    stage,
    keys,
    resources,
  }: { readonly stage: Stage; readonly keys: Keys; readonly resources: Resources },
): Readonly<Record<string, string>> {
  const { rights } = entry;
  const variables: Record<string, string> = { STAGE: stage.name, FUNCTION_ID: entry.id };
  for (const [name] of pairs(rights.tables)) variables[name] = resources.tables[name].tableName;
  for (const [name] of pairs(rights.indexes)) variables[name] = resources.tables[name].tableName;
  for (const [name] of pairs(rights.buckets)) variables[name] = resources.buckets[name].bucketName;
  for (const [name] of pairs(rights.queues)) variables[name] = resources.queues[name].queueUrl;
  for (const [name] of pairs(rights.keys)) variables[name] = keys.named[name].keyArn;
  if (rights.events) variables.EVENT_BUS = resources.bus.eventBusName;
  if (rights.mail) {
    variables.MAIL_FROM = stage.mail.from;
    variables.MAIL_CONFIGURATION_SET = resources.mail.configurationSet.configurationSetName;
  }
  if (rights.sms) {
    variables.SMS_FROM = resources.sms.pool.attrPoolId;
    variables.SMS_CONFIGURATION_SET = resources.sms.configurationSetName;
  }
  if (entry.isAuthorizer || rights.issuers) variables.ISSUERS = JSON.stringify(stage.issuers);
  for (const name of rights.parameters ?? []) {
    const value = stage.parameters[name];
    if (value === undefined) {
      throw new Error(
        `${entry.id} reads ${name}, which the configuration of ${stage.name} does not give.`,
      );
    }
    variables[name] = value;
  }
  return variables;
}
