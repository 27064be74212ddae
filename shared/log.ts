/**
 * What a log line may hold: words of ours, counts and durations. There is no field for a person, a
 * code, an address or a message of a dependency, so none can slip in.
 */
export interface Told {
  readonly event: string;
  readonly requestId?: string | undefined;
  readonly route?: string | undefined;
  readonly job?: string | undefined;
  readonly status?: number | undefined;
  readonly code?: string | undefined;
  readonly ms?: number | undefined;
  readonly counts?: Readonly<Record<string, number>> | undefined;
  /** Class of an error and the places it came through; never its message. */
  readonly error?: string | undefined;
  readonly at?: readonly string[] | undefined;
}

const fields = [
  'event',
  'requestId',
  'route',
  'job',
  'status',
  'code',
  'ms',
  'counts',
  'error',
  'at',
] as const;

/** Writes one line of JSON with the allowed fields only. */
export function log(level: 'info' | 'warn' | 'error', told: Told): void {
  write({ level, ...allowed(told) });
}

function allowed(told: Told): Record<string, unknown> {
  const line: Record<string, unknown> = {};
  for (const field of fields) if (told[field] !== undefined) line[field] = told[field];
  return line;
}

const write = (line: object): unknown => process.stdout.write(`${JSON.stringify(line)}\n`);

/** The namespace of our metrics. */
export const namespace = 'mon-espace-sante';

/**
 * Writes that something kept is not what was kept: an error, and one of the metric (embedded metric
 * format) whose alarm wakes somebody at the first.
 */
export function logDamage(
  told: Told & {
    readonly event: 'journal-broken' | 'line-unreadable' | 'integrity' | 'counters-differ';
  },
): void {
  const Metrics = [{ Name: 'integrityFaults', Unit: 'Count' }];
  const CloudWatchMetrics = [{ Namespace: namespace, Dimensions: [[]], Metrics }];
  const _aws = { Timestamp: Date.now(), CloudWatchMetrics };
  write({ level: 'error', ...allowed(told), integrityFaults: 1, _aws });
}

/** What a job of the clock found that should have been done before: how many, and the age of the oldest. */
export interface Overdue {
  readonly job: string;
  readonly overdue: number;
  readonly overdueSeconds: number;
}

/** Writes a job's backlog as a metric (embedded metric format): CloudWatch takes it from the log. `now` in ms. */
export function measure(told: Overdue, now: number): void {
  const Metrics = [
    { Name: 'overdue', Unit: 'Count' },
    { Name: 'overdueSeconds', Unit: 'Seconds' },
  ];
  const { job, overdue, overdueSeconds } = told;
  const _aws = {
    Timestamp: now,
    CloudWatchMetrics: [{ Namespace: namespace, Dimensions: [['job']], Metrics }],
  };
  write({ level: 'info', event: 'backlog', job, overdue, overdueSeconds, _aws });
}

/** The metric of a backlog from the instants since when each of its pieces is due. */
export function backlog(job: string, since: readonly string[], now: number): Overdue {
  const ages = since.map((instant) => Math.round((now - Date.parse(instant)) / 1000));
  return { job, overdue: ages.length, overdueSeconds: Math.max(0, ...ages) };
}

/** An unforeseen error as it may be logged: its class and its stack without the message. */
export function anonymous(error: unknown): Pick<Told, 'error' | 'at'> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return { error: error.name, at: frames.slice(0, 8).map((frame) => frame.trim()) };
}
