import process from 'node:process';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { clientOf } from './client.ts';
import { instantOf } from './clock/world-clock.ts';
import { firstPageText } from './console/page.ts';
import { invitedAmong } from './demo/invited.ts';
import { demoPeople } from './demo/people.ts';
import { seedDemo } from './demo/seed.ts';
import { CannotStart, defaultFolder, defaultPort, type WorldOptions } from './world/options.ts';
import { startWorld, type World } from './world.ts';

// Megabytes of documents pass through as buffers. By V8's own measure each few of them ask for a collection of
// the whole heap, which took half of the world's processor time; by this one they count like other memory.
setFlagsFromString('--external-memory-accounted-in-global-limit');

const usage =
  'npm start -- [--fresh] [--at 2022-01-31] [--port 8460] [--folder .local] [--memory] [--json] [--without function=permission]';

/** Options of `npm start`; a wrong one is told in one sentence. */
function optionsOf(
  args: readonly string[],
): WorldOptions & { readonly json: boolean; readonly attached: boolean } {
  const flag = { type: 'boolean', default: false } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      fresh: flag,
      memory: flag,
      json: flag,
      attached: flag,
      at: { type: 'string' },
      port: { type: 'string', default: String(defaultPort) },
      folder: { type: 'string', default: defaultFolder },
      without: { type: 'string', multiple: true, default: [] },
    },
  });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_532)
    throw new CannotStart(`--port ${values.port} is no port.`);
  const at = values.at === undefined ? undefined : instantOf(values.at, Date.now());
  if (values.at !== undefined && at === undefined)
    throw new CannotStart(`--at ${values.at} is no date like 2022-01-31.`);
  if (at !== undefined && !values.fresh && !values.memory) {
    throw new CannotStart(
      'The clock of a world only goes forward: --at needs --fresh (or --memory).',
    );
  }
  return {
    ...{
      fresh: values.fresh,
      memory: values.memory,
      port,
      folder: values.folder,
      watch: !values.json,
      json: values.json,
      attached: values.attached,
    },
    ...(at === undefined ? {} : { at }),
    without: values.without.map((one) => {
      const [name = '', ...permission] = one.split('=');
      return { function: name, permission: permission.join('=') };
    }),
    say: (line) => process.stderr.write(`${line}\n`),
  };
}

async function main(): Promise<void> {
  const stop = Promise.withResolvers<void>();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => stop.resolve());
  const options = optionsOf(process.argv.slice(2));
  // Whoever started it as a part of himself (a test run) holds its input open: it ends with him.
  if (options.attached) process.stdin.on('end', stop.resolve).resume();
  const world = await Promise.race([startWorld(options), stop.promise.then(() => undefined)]);
  if (world === undefined) process.exit(130);
  process.stdout.write(options.json ? `${JSON.stringify(world.info)}\n` : await pageOf(world));
  await stop.promise;
  // A second Ctrl-C does not wait.
  process.once('SIGINT', () => process.exit(130));
  await world.close();
  if (!options.json) process.stdout.write('Arrêté.\n');
  process.exit(0);
}

async function pageOf(world: World): Promise<string> {
  const client = clientOf(world.info);
  await seedDemo(client);
  const asked = demoPeople.map(({ email }) => client.mails({ to: email }));
  const mails = (await Promise.all(asked)).flat();
  const textsTo = (address: string) =>
    mails.filter(({ to }) => to === address).map(({ text }) => text);
  const invited = invitedAmong(textsTo);
  const steps = Object.entries(world.steps).map(([step, ms]) => `${step} ${ms}`);
  const ready = `Prêt en ${(world.readyMs / 1000).toFixed(1)} s (${steps.join(', ')} ms).`;
  return `${firstPageText({ ...world, invited, now: world.now() })}\n${ready}\n`;
}

main().catch((cause: unknown) => {
  process.stderr.write(`${tell(cause)}\n`);
  if (process.env.MES_DEBUG !== undefined && cause instanceof Error)
    process.stderr.write(`${cause.stack}\n`);
  process.exit(1);
});

function tell(cause: unknown): string {
  if (!(cause instanceof Error)) return `The world does not start: ${String(cause)}`;
  if (cause instanceof CannotStart) return cause.message;
  const code = 'code' in cause ? String(cause.code) : '';
  return code.startsWith('ERR_PARSE_ARGS')
    ? `${cause.message}\n${usage}`
    : `The world does not start: ${cause.message}`;
}
