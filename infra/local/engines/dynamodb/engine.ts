import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Agent } from 'node:http';
import { join, resolve } from 'node:path';
import type { DynamoDbEngine, EngineOptions } from '../engine.ts';
import { forward } from './forward.ts';
import { requireJava } from './java.ts';
import { stopOrphan } from './orphan.ts';
import { startJava } from './process.ts';
import { endWithUs } from './watchdog.ts';

/**
 * Amazon's DynamoDB Local behind the engine's interface. Its clock is the machine's, so TTL stays off
 * at home (the world reaps in world time) and `SSESpecification`, tags and recovery are not played.
 * Rejects with one clear sentence when Java 17 is missing.
 */
export async function createDynamoDb(
  options: EngineOptions & { readonly java?: string },
): Promise<DynamoDbEngine> {
  const java = options.java ?? 'java';
  await requireJava(java);
  const data = options.folder === undefined ? undefined : resolve(options.folder, 'data');
  const pidFile = options.folder === undefined ? undefined : join(options.folder, 'java.pid');
  if (data !== undefined && pidFile !== undefined) {
    mkdirSync(data, { recursive: true });
    await stopOrphan(pidFile, data);
  }
  const { child, pid, port, exited } = await startJava(java, data);
  if (pidFile !== undefined) writeFileSync(pidFile, String(pid));
  const callOff = endWithUs(pid);
  const stop = () => {
    callOff();
    child.kill('SIGKILL');
  };
  void exited.then(callOff);
  process.once('exit', stop);
  const agent = new Agent({ keepAlive: true, maxSockets: 128 });
  return {
    port,
    pid,
    exited,
    handle: (req, res, body) => forward({ req, res, body }, { port, agent, now: options.now }),
    async close() {
      process.off('exit', stop);
      agent.destroy();
      stop();
      await exited;
      if (pidFile !== undefined) rmSync(pidFile, { force: true });
    },
  };
}
