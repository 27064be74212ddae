/**
 * `npm run deploy -- --stage dev`: the one deploy command. Says in a sentence what is missing, then
 * hands over to the CDK's own command line, all stacks in their order.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { stageOf } from './config.ts';

const root = path.resolve(import.meta.dirname, '..');

/** Where the AWS command line tools look for credentials, as far as it can be told without asking AWS. */
export function hasCredentials(
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): boolean {
  const named = [
    'AWS_ACCESS_KEY_ID',
    'AWS_PROFILE',
    'AWS_WEB_IDENTITY_TOKEN_FILE',
    'AWS_CONTAINER_CREDENTIALS_FULL_URI',
    'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  ];
  if (named.some((name) => environment[name])) return true;
  return ['credentials', 'config'].some((file) => existsSync(path.join(home, '.aws', file)));
}

/** Why a deployment cannot begin, in one sentence; nothing when it can. */
export function reasonNotToDeploy(
  stageName: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
  home: string,
): string | undefined {
  if (!stageName) return 'Say which stage: npm run deploy -- --stage dev';
  if (stageName === 'home') return 'The stage home runs on this machine: npm start.';
  try {
    stageOf(stageName);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  if (!hasCredentials(environment, home)) {
    return 'No AWS credentials were found: sign in first (aws sso login, or AWS_PROFILE), then run the command again.';
  }
  const { domain } = stageOf(stageName).mail;
  if (!domain.endsWith('.example')) return undefined;
  return `The domain ${domain} is nobody's: put your own into infra/config.ts, then run the command again.`;
}

/** The stage, and what else was said, for the CDK's own command line. */
export function readArguments(args: readonly string[]): {
  readonly stageName: string | undefined;
  readonly more: readonly string[];
} {
  const at = args.findIndex((arg) => arg === '--stage' || arg.startsWith('--stage='));
  if (at < 0) return { stageName: undefined, more: args };
  const joined = args[at]?.split('=')[1];
  const stageName = joined ?? args[at + 1];
  return { stageName, more: args.toSpliced(at, joined === undefined ? 2 : 1) };
}

/** The CDK's arguments: every stack of the stage, and only eu-west-3. */
export function deployArguments(stageName: string, more: readonly string[]): readonly string[] {
  return ['deploy', '--all', '--context', `stage=${stageName}`, '--output', 'cdk.out', ...more];
}

if (import.meta.main) {
  const { stageName, more } = readArguments(process.argv.slice(2));
  const reason = reasonNotToDeploy(stageName, process.env, homedir());
  if (reason !== undefined || !stageName) {
    process.stderr.write(`${reason}\n`);
    process.exit(1);
  }
  const cdk = path.join(root, 'node_modules/aws-cdk/bin/cdk');
  const child = spawn(process.execPath, [cdk, ...deployArguments(stageName, more)], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, AWS_REGION: 'eu-west-3', AWS_DEFAULT_REGION: 'eu-west-3' },
  });
  child.on('exit', (code) => process.exit(code ?? 1));
}
