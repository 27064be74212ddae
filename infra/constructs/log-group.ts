import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';

/** Technical logs: a year (CNIL, délibération 2021-122: six to twelve months), under the logs key. */
export class HouseLogGroup extends LogGroup {
  constructor(scope: Construct, id: string, props: { readonly key: IKey; readonly name?: string }) {
    super(scope, id, {
      encryptionKey: props.key,
      retention: RetentionDays.ONE_YEAR,
      // A name that is taken would stand in the way of a second try after a failed first deployment.
      removalPolicy: props.name ? RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE : RemovalPolicy.RETAIN,
      ...(props.name ? { logGroupName: props.name } : {}),
    });
  }
}
