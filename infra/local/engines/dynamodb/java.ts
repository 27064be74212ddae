import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const oldest = 17;
const advice = `Install Java ${oldest} or newer (on Debian: apt install openjdk-17-jre-headless).`;

/** Resolves when a fit Java is on the PATH; else rejects with one sentence for the person at the keyboard. */
export async function requireJava(java: string): Promise<void> {
  const { stdout, stderr } = await promisify(execFile)(java, ['-version']).catch(() => {
    throw new Error(`DynamoDB Local needs Java and none was found. ${advice}`);
  });
  const major = majorOf(`${stderr}${stdout}`);
  if (major === undefined || major < oldest) {
    throw new Error(`DynamoDB Local needs Java ${oldest}, found ${major ?? 'another'}. ${advice}`);
  }
}

/** 17 of `openjdk version "17.0.15"`, 8 of `java version "1.8.0_402"`. */
export function majorOf(version: string): number | undefined {
  const match = /version "(?:1\.)?(\d+)/.exec(version);
  return match?.[1] === undefined ? undefined : Number(match[1]);
}
