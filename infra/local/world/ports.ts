import { createServer, type Server } from 'node:http';
import type { Addresses } from './info.ts';
import { CannotStart } from './options.ts';

export interface OpenPorts {
  readonly servers: Readonly<Record<keyof Addresses, Server>>;
  readonly addresses: Addresses;
  readonly doorPort: number;
  close(): Promise<void>;
}

const names = ['gateway', 'console', 'issuer', 'door'] as const;

/**
 * Opens the four ports of a world at 127.0.0.1, four in a row from `first` (0: any free ones), before
 * anything else is made: queue URLs, issuers and environments carry them. Who listens comes later.
 */
export async function openPorts(first: number): Promise<OpenPorts> {
  const opened: { name: keyof Addresses; server: Server; port: number }[] = [];
  const close = async () => {
    await Promise.all(opened.map(({ server }) => shut(server)));
  };
  try {
    for (const [index, name] of names.entries()) {
      const server = createServer({ keepAliveTimeout: 65_000, requestTimeout: 0 });
      const port = await listen(server, first === 0 ? 0 : first + index, name);
      opened.push({ name, server, port });
    }
  } catch (cause) {
    await close();
    throw cause;
  }
  const of = (name: keyof Addresses) => {
    const found = opened.find((one) => one.name === name);
    if (found === undefined) throw new Error(`No port for ${name}`);
    return found;
  };
  const url = (name: keyof Addresses) => `http://127.0.0.1:${of(name).port}`;
  return {
    servers: {
      gateway: of('gateway').server,
      console: of('console').server,
      issuer: of('issuer').server,
      door: of('door').server,
    },
    addresses: {
      gateway: url('gateway'),
      console: url('console'),
      issuer: url('issuer'),
      door: url('door'),
    },
    doorPort: of('door').port,
    close,
  };
}

async function listen(server: Server, port: number, what: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const taken = `Port ${port} (${what}) is taken: stop what uses it, or choose others with --port N.`;
      reject(cause.code === 'EADDRINUSE' ? new CannotStart(taken) : cause);
    });
    server.listen(port, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error(`${what} has no port`);
  return address.port;
}

async function shut(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve));
  server.closeAllConnections();
  await closed;
}
