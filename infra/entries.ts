import type { Route } from '#shared/http/route.ts';
import type { BucketEvent, QueueJob, ScheduledJob } from '#shared/journal/job.ts';
import type { Subscriber } from '#shared/journal/subscriber.ts';
import type { Rights } from '#shared/rights.ts';
import { type Room, rooms } from './rooms.ts';
import { unionOfRights } from './union-of-rights.ts';

/** A declaration with the name that its room gave it. */
export type Named<T> = T & { readonly name: string };

/** One Lambda function: all that one entry of a room answers, with the rights that this takes. */
export interface Entry {
  /** `<room>-<entry>`: folder of its bundle and, in the cloud, its construct id. */
  readonly id: string;
  readonly room: string;
  readonly entry: string;
  /** The module that exports `handler`, from the top of the project. */
  readonly file: string;
  readonly rights: Rights;
  readonly isAuthorizer: boolean;
  readonly routes: readonly Named<Route>[];
  readonly schedules: readonly Named<ScheduledJob>[];
  readonly queues: readonly Named<QueueJob>[];
  readonly subscribers: readonly Named<Subscriber>[];
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
}

/** A password hash of 46 MiB is paid in processor time, and Lambda gives that by memory. */
const routeDefaults = { timeoutSeconds: 20, memoryMb: 1024 };
/** Past 10 MB a stream runs at 2 MB a second: so long takes the largest of 200 MB. */
const streamDefaults = { timeoutSeconds: 120, memoryMb: 1024 };
/** The Lambda of a room that answers in streams: one function cannot answer both ways. */
const streamEntry = 'stream';
const defaultMemoryMb = 512;

interface Part {
  readonly entry: string;
  readonly rights: Rights;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  readonly authorizer?: true;
  readonly route?: Named<Route>;
  readonly schedule?: Named<ScheduledJob>;
  readonly queue?: Named<QueueJob>;
  readonly subscriber?: Named<Subscriber>;
}

function partsOf(room: Room): Part[] {
  const parts: Part[] = [];
  if (room.authorizer) parts.push({ ...room.authorizer, authorizer: true });
  for (const [name, route] of Object.entries(room.routes ?? {})) {
    const { entry = route.stream ? streamEntry : 'api', rights } = route;
    const limits = route.stream ? streamDefaults : routeDefaults;
    parts.push({ entry, rights, ...limits, route: { ...route, name } });
  }
  for (const [name, job] of Object.entries(room.jobs ?? {})) {
    if (job.kind === 'bucket') continue;
    const { entry, rights, timeoutSeconds, memoryMb = defaultMemoryMb } = job;
    const part = { entry, rights, timeoutSeconds, memoryMb };
    if (job.kind === 'schedule') parts.push({ ...part, schedule: { ...job, name } });
    else parts.push({ ...part, queue: { ...job, name } });
  }
  for (const [name, subscriber] of Object.entries(room.subscribers ?? {})) {
    const { entry, rights, timeoutSeconds } = subscriber;
    const part = { entry, rights, timeoutSeconds, memoryMb: defaultMemoryMb };
    parts.push({ ...part, subscriber: { ...subscriber, name } });
  }
  return parts;
}

function entryOf(room: string, entry: string, parts: readonly Part[]): Entry {
  return {
    id: `${room}-${entry}`,
    room,
    entry,
    file: `functions/${room}/handler${entry === 'api' ? '' : `-${entry}`}.ts`,
    rights: unionOfRights(parts.map((part) => part.rights)),
    isAuthorizer: parts.some((part) => part.authorizer === true),
    routes: parts.flatMap((part) => part.route ?? []),
    schedules: parts.flatMap((part) => part.schedule ?? []),
    queues: parts.flatMap((part) => part.queue ?? []),
    subscribers: parts.flatMap((part) => part.subscriber ?? []),
    timeoutSeconds: Math.max(...parts.map((part) => part.timeoutSeconds)),
    memoryMb: Math.max(...parts.map((part) => part.memoryMb)),
  };
}

/** Every function of the system, computed from what the rooms declare. */
export function entriesOf(declared: readonly Room[] = rooms): readonly Entry[] {
  return declared.flatMap((room) => {
    const byEntry = Map.groupBy(partsOf(room), (part) => part.entry);
    return [...byEntry].map(([entry, parts]) => entryOf(room.name, entry, parts));
  });
}

/** Announcements of new objects, with the names that rooms gave them. */
export function bucketEventsOf(declared: readonly Room[] = rooms): readonly Named<BucketEvent>[] {
  return declared.flatMap((room) =>
    Object.entries(room.jobs ?? {}).flatMap(([name, job]) =>
      job.kind === 'bucket' ? [{ ...job, name: `${room.name}-${name}` }] : [],
    ),
  );
}
