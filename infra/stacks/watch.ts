import type { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';
import { HouseStack } from '#infra/constructs/house-stack.ts';

/** Alarms on all of it, told to one topic. */
export class WatchStack extends HouseStack {
  constructor(scope: Construct, stage: Stage) {
    super(scope, 'watch', stage);
  }
}
