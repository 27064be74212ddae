import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  type NagPack,
  NIST80053R5Checks,
  ServerlessChecks,
} from 'cdk-nag';
import type { IConstruct } from 'constructs';

import { type Entry, entriesOf } from '#infra/entries.ts';
import { publicOperations } from '#infra/gateway-body.ts';
import { HouseChecks } from './house-checks.ts';

/** One rule that one resource does not keep. */
export interface Finding {
  readonly path: string;
  readonly rule: string;
  readonly description: string;
}

/** The rule packs that every stack is held to. */
export function packs(entries: readonly Entry[] = entriesOf()): readonly NagPack[] {
  return [
    new HouseChecks(publicOperations(entries)),
    new AwsSolutionsChecks(),
    new HIPAASecurityChecks(),
    new NIST80053R5Checks(),
    new ServerlessChecks(),
  ];
}

/** What the packs find under a construct, acknowledged findings left out. */
export function findingsIn(
  scope: IConstruct,
  held: readonly NagPack[] = packs(),
): readonly Finding[] {
  return held.flatMap((pack) =>
    pack.validateScope(scope).violations.flatMap(({ ruleName, description, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => ({
        path: constructPath,
        rule: ruleName,
        description,
      })),
    ),
  );
}
