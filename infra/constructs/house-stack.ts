import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '#infra/config.ts';

/** A stack of a stage: in eu-west-3 or not at all. */
export class HouseStack extends Stack {
  readonly stage: Stage;

  constructor(scope: Construct, id: string, stage: Stage) {
    super(scope, `mes-${stage.name}-${id}`, {
      env: { region: stage.region, ...(stage.account ? { account: stage.account } : {}) },
      description: `Mon espace santé, ${stage.name}: ${id}`,
      tags: { system: 'mon-espace-sante', stage: stage.name },
      terminationProtection: stage.name === 'prod' || stage.name === 'staging',
    });
    if (this.region !== 'eu-west-3')
      throw new Error(`Data stay in France: ${this.region} is not eu-west-3.`);
    this.stage = stage;
  }
}
