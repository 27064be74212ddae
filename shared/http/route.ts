import type * as z from 'zod';
import type { Rights } from '../rights.ts';

/** Who may call. `public` routes carry no token; every other one goes through the authorizer. */
export type CallerKind =
  | 'public'
  | 'holder'
  | 'professional'
  | 'agent'
  | 'establishment'
  /** A holder in a session at a counter: for reading only. */
  | 'assisted';

export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** What the world may ask of a room: data only. Gateway, rights, OpenAPI and tests read this same object. */
export interface Route {
  readonly method: Method;
  /** `/room/things/{thing}`; a parameter is a whole segment. Never holds an identity or a code. */
  readonly path: string;
  /** One line of English for the OpenAPI document. */
  readonly summary: string;
  readonly callers: readonly CallerKind[];
  /** The Lambda of the room that answers, `handler-<entry>.ts`: `api` unless rights truly differ. */
  readonly entry?: 'api' | 'public' | 'activation' | 'own' | 'campaign' | 'counter' | 'papers';
  /** Answers with a stream of bytes: the room's function `stream` serves it, unless an entry is named, and its `answers` say no shape. */
  readonly stream?: true;
  /** Of a stream: JSON as `answers` say, or this, as the caller's `Accept` asks. */
  readonly also?: 'application/pdf';
  readonly parameters?: z.ZodObject;
  readonly query?: z.ZodObject;
  /** Names of the query that may be given twice, as FHIR's `date`: then the value is a list. */
  readonly lists?: readonly string[];
  readonly body?: z.ZodType;
  /** The body is a form, as FHIR's `_search` sends it: a name given twice becomes a list. */
  readonly form?: true;
  /** Speaks FHIR: errors are OperationOutcomes, XML is refused. `content` answers a document's own bytes. */
  readonly fhir?: 'resource' | 'content';
  /** Media type of the answers, where they are no JSON. */
  readonly media?: 'text/csv' | 'text/html';
  /** Largest body in bytes; 16 KiB unless said. */
  readonly maxBytes?: number;
  /** Answers by status. */
  readonly answers: Readonly<Record<number, z.ZodType>>;
  /** Codes of the refusals that this route may answer beside the common ones. */
  readonly refusals?: readonly string[];
  /** Accepts `Idempotency-Key`: a retry with the same key has one effect and one answer. */
  readonly idempotent?: true;
  /** A guardian may do it for a child, whose record he names in `X-Acting-For`; elsewhere that is refused. */
  readonly actsFor?: true;
  readonly rights: Rights;
}

export type Routes = Readonly<Record<string, Route>>;
