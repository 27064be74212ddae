import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { App } from 'aws-cdk-lib';
import { describe, expect, test } from 'vitest';
import { StageName, stageOf } from '#infra/config.ts';
import { HouseStack } from '#infra/constructs/house-stack.ts';
import { deployArguments, readArguments, reasonNotToDeploy } from '#infra/deploy.ts';
import { entriesOf } from '#infra/entries.ts';
import { people } from '#infra/local/engines/issuer/people.ts';
import { temporaryFolder } from '#test/support/temporary.ts';

describe('stages', () => {
  test.each(StageName.options)(
    '%s is well formed and gives every value that an entry reads, and no other',
    (name) => {
      const { parameters } = stageOf(name);
      const read = entriesOf().flatMap(({ rights }) => rights.parameters ?? []);
      expect(read.filter((one) => !(one in parameters))).toEqual([]);
      expect(Object.keys(parameters).filter((one) => !read.includes(one))).toEqual([]);
    },
  );

  test('data stay in France: another region is no stage, and no stack', () => {
    expect(() => stageOf('dev', { region: 'eu-west-1' })).toThrow('eu-west-3');
    const elsewhere = { ...stageOf('dev'), region: 'us-east-1' };
    expect(() => Reflect.construct(HouseStack, [new App(), 'data', elsewhere])).toThrow(
      'not eu-west-3',
    );
  });

  test('prod is not without somebody who is told of alarms', () => {
    expect(stageOf('prod').alarmMail).toBeDefined();
    expect(() => stageOf('prod', { alarmMail: undefined })).toThrow('told of the alarms');
    expect(stageOf('dev').alarmMail).toBeUndefined();
  });

  test('a name that nobody gave is told with those that exist', () => {
    expect(() => stageOf('production')).toThrow('it is one of home, dev, staging, prod');
  });

  test('ENR-2: the time to object is 42 days, at home as in the cloud', () => {
    for (const name of StageName.options)
      expect(stageOf(name).parameters.OBJECTION_DAYS).toBe('42');
  });

  test('in the cloud a code is hashed as strongly as ASVS 5.0 asks; at home cheaply', () => {
    for (const name of ['dev', 'staging', 'prod']) {
      const { memoryKiB, passes, parallelism } = JSON.parse(
        stageOf(name).parameters.CODE_HASH ?? '{}',
      );
      expect([memoryKiB >= 46 * 1024, passes >= 1, parallelism], name).toEqual([true, true, 1]);
    }
    expect(JSON.parse(stageOf('home').parameters.CODE_HASH ?? '{}').memoryKiB).toBe(1024);
  });

  test('four kinds of caller have an issuer each, none of them reachable from home by chance', () => {
    for (const name of StageName.options) {
      expect(
        stageOf(name)
          .issuers.map(({ kind }) => kind)
          .sort(),
      ).toEqual(['agent', 'establishment', 'holder', 'professional']);
    }
    for (const { issuer } of stageOf('home').issuers)
      expect(issuer).toMatch(/^https:\/\/\w+\.home\.invalid$/);
  });
});

test('everybody who can be signed in as at home has signed in as strongly as the stages ask', () => {
  for (const name of StageName.options)
    for (const { kind, acr } of people) {
      const taken = stageOf(name).issuers.find((issuer) => issuer.kind === kind)?.acr;
      expect(taken, `${name} ${kind}`).toContain(acr);
    }
});

describe('the deploy command', () => {
  const home = temporaryFolder('home');
  const signedIn = { AWS_PROFILE: 'operator' };

  test.each([
    [undefined, signedIn, 'Say which stage'],
    ['home', signedIn, 'npm start'],
    ['nowhere', signedIn, 'No stage is called "nowhere"'],
    ['dev', {}, 'No AWS credentials were found'],
  ])('for %s with %o says one sentence: %s', (stage, environment, says) => {
    const reason = reasonNotToDeploy(stage, environment, home);
    expect(reason).toContain(says);
    expect(reason).not.toContain('\n');
  });

  test('finds credentials in the environment or in a file; then a domain of nobody stands in the way', () => {
    const nobody = "The domain mail.dev.mon-espace-sante.example is nobody's";
    expect(reasonNotToDeploy('dev', signedIn, home)).toContain(nobody);
    const other = temporaryFolder('home');
    mkdirSync(path.join(other, '.aws'));
    writeFileSync(path.join(other, '.aws', 'config'), '');
    expect(reasonNotToDeploy('dev', {}, other)).toContain(nobody);
  });

  test.each([
    [['--stage', 'dev'], 'dev', []],
    [['--stage=prod', '--require-approval', 'never'], 'prod', ['--require-approval', 'never']],
    [['--verbose', '--stage', 'dev'], 'dev', ['--verbose']],
    [['--verbose'], undefined, ['--verbose']],
  ])('reads %j', (args, stageName, more) => {
    expect(readArguments(args)).toEqual({ stageName, more });
  });

  test('deploys every stack of the stage', () => {
    expect(deployArguments('prod', []).join(' ')).toBe(
      'deploy --all --context stage=prod --output cdk.out',
    );
  });
});
