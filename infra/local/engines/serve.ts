import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Engine } from './engine.ts';

export interface Served<E extends Engine> {
  readonly engine: E;
  readonly url: string;
  /** Ends the engine, then the port. */
  close(): Promise<void>;
}

/**
 * Puts one engine on 127.0.0.1 by itself, on an ephemeral port unless one is given. The engine is
 * made once the address is known, since queue URLs and issuers carry it.
 */
export async function serveEngine<E extends Engine>(
  make: (url: string) => E | Promise<E>,
  port = 0,
): Promise<Served<E>> {
  // Longer than a client keeps a connection that it does not use: else it meets one that was just closed.
  const server = createServer({ keepAliveTimeout: 65_000 });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${addressOf(server.address()).port}`;
  const engine = await make(url);
  server.on('request', (req, res) => void engine.handle(req, res));
  const close = async () => {
    await engine.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { engine, url, close };
}

function addressOf(address: AddressInfo | string | null): AddressInfo {
  if (address === null || typeof address === 'string') throw new Error('No TCP address');
  return address;
}
