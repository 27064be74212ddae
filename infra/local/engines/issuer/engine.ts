import type { IncomingMessage, ServerResponse } from 'node:http';
import type { EngineOptions, IssuerEngine, IssuerKind, TokenWish } from '../engine.ts';
import { answer } from '../wire/answer.ts';
import { AwsFault } from '../wire/fault.ts';
import { toWire } from '../wire/json-engine.ts';
import { adapterFactory, openIssuerDatabase } from './adapter.ts';
import { assertionOf, establishmentClients } from './establishment-client.ts';
import { byKind, kinds, mounts } from './kinds.ts';
import { login } from './login.ts';
import { mint } from './mint.ts';
import { homePage } from './pages.ts';
import { people, personBy } from './people.ts';
import { createProvider } from './provider.ts';
import { type SigningKey, signingKey } from './signing-key.ts';
import { tokenWish } from './token-request.ts';

interface IssuerOptions extends EngineOptions {
  /** Where the engine is reached, as `http://127.0.0.1:8462`; issuers begin with it. */
  readonly origin: string;
  /** `aud` of access tokens, as the stage configuration names it. */
  readonly audience?: string;
  /** Where the portal takes codes. */
  readonly redirectUris?: readonly string[];
}

type Exchange = { readonly req: IncomingMessage; readonly res: ServerResponse };

/**
 * The four issuers on one port, each with its own key pair. Home only: anybody may be anybody, at
 * the sign-in page or at once by `GET /token?person=…` (plain text). `GET /assertion?person=…` gives what an
 * establishment's software would sign to ask for its token.
 */
export async function createIssuer(options: IssuerOptions): Promise<IssuerEngine> {
  const { origin, now, audience = 'mon-espace-sante' } = options;
  const redirectUris = options.redirectUris ?? [`${origin}/retour`];
  const issuers = byKind((kind) => `${origin}${mounts[kind]}`);
  const keys = await signingKeys(options.folder);
  const establishments = await establishmentClients(options.folder);
  const db = openIssuerDatabase(options.folder);
  const providers = byKind((kind) => {
    const adapter = adapterFactory(db, kind);
    const own = { kind, issuer: issuers[kind], key: keys[kind], adapter };
    return createProvider({ ...own, audience, now, redirectUris, establishments });
  });
  const callbacks = byKind((kind) => providers[kind].callback());

  const token = async (wish: TokenWish): Promise<string> => {
    const person = personBy(wish.person);
    if (person === undefined) throw new AwsFault('BadRequest', `Nobody is called ${wish.person}`);
    const { kind } = person;
    const by = { issuer: issuers[kind], audience, key: keys[kind], now: now() };
    return mint({ ...wish, as: person }, by);
  };

  const assertion = async (query: string): Promise<string> => {
    const wanted = new URLSearchParams(query).get('person');
    const found = establishments.find(({ person }) => person.id === wanted);
    if (!found) throw new AwsFault('BadRequest', `No establishment is called ${wanted}`);
    return assertionOf(found, issuers.establishment);
  };

  const act = async ({ req, res }: Exchange): Promise<void> => {
    const [path = '', query = ''] = (req.url ?? '').split('?');
    const kind = kinds.find((one) => path.startsWith(`${mounts[one]}/`));
    if (kind !== undefined && path.startsWith(`${mounts[kind]}/interaction/`)) {
      return login({ req, res }, { provider: providers[kind], kind, now: now() });
    }
    if (kind !== undefined)
      return mounted({ req, res }, { mount: mounts[kind], to: callbacks[kind] });
    if (path === '/token')
      return send(res, 'text/plain', await token(tokenWish(new URLSearchParams(query))));
    if (path === '/assertion') return send(res, 'text/plain', await assertion(query));
    if (path === '/') return send(res, 'text/html; charset=utf-8', homePage());
    throw new AwsFault('NotFound', `No issuer at ${path}`, { status: 404 });
  };

  return {
    issuers,
    audiences: byKind(() => audience),
    people: () => people,
    token,
    async handle(req, res) {
      await act({ req, res }).catch((error: unknown) => {
        const { fault } = toWire(error);
        const headers = { 'content-type': 'text/plain; charset=utf-8' };
        answer(res, { status: fault.status, now: now(), headers, body: `${fault.message}\n` });
      });
    },
    close: async () => db.close(),
  };

  function send(res: ServerResponse, type: string, body: string): void {
    const headers = { 'content-type': type, 'cache-control': 'no-store' };
    answer(res, { status: 200, now: now(), headers, body });
  }
}

/** The library finds its mount point by comparing `originalUrl` with the shortened `url`. */
async function mounted(
  { req, res }: Exchange,
  {
    mount,
    to,
  }: { mount: string; to: (req: IncomingMessage, res: ServerResponse) => Promise<void> },
): Promise<void> {
  Object.assign(req, { originalUrl: req.url });
  req.url = (req.url ?? '').slice(mount.length);
  await to(req, res);
}

async function signingKeys(folder: string | undefined): Promise<Record<IssuerKind, SigningKey>> {
  const made = byKind((kind) => signingKey(folder, mounts[kind].slice(1)));
  return {
    holder: await made.holder,
    professional: await made.professional,
    agent: await made.agent,
    establishment: await made.establishment,
  };
}
