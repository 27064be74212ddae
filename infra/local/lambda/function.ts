/** A Lambda function as the template defines it. */
export interface StageFunction {
  /** `<room>-<entry>`. */
  readonly id: string;
  /** CloudFormation's name of the function. */
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  /** Where the bundle lies. */
  readonly folder: string;
  /** `index.handler`: file and export. */
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** As in the template, with local names and addresses. */
  readonly environment: Readonly<Record<string, string>>;
  readonly reservedConcurrency: number | undefined;
  /** Queue for asynchronous events that failed for good. */
  readonly deadLetterArn: string | undefined;
}

/** An error as Lambda reports it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** What came of one invocation. */
export type Outcome =
  | { readonly ok: true; readonly result: unknown }
  | { readonly ok: false; readonly error: FunctionError; readonly timedOut: boolean };

/** Takes a streamed answer as it comes. */
export interface Sink {
  /** Resolves when the next piece may come; rejects when none is wanted any more. */
  take(piece: Uint8Array): Promise<void>;
  /** Whoever listened is gone. */
  readonly gone: AbortSignal;
}

/** What goes with an event. */
export interface Beside {
  /**
   * The body of a request (UTF-8), which the worker puts into the event: megabytes are moved from thread to
   * thread, neither written nor read as JSON.
   */
  readonly body?: Uint8Array;
  /** Takes a streamed answer; without one it is the result as a whole. */
  readonly sink?: Sink;
}

/** What the world tells a worker before it loads the bundle. */
export interface WorkerStart {
  readonly file: string;
  readonly exported: string;
  readonly functionName: string;
  readonly functionArn: string;
  readonly memoryMb: number;
  /** One 64-bit integer: milliseconds between world time and the machine's. */
  readonly clock: SharedArrayBuffer;
}

export interface WorkerOrder {
  readonly requestId: string;
  readonly event: string;
  /** Text of the event's `body`, in UTF-8; empty when it has none, or has it already. */
  readonly body: Uint8Array<ArrayBuffer>;
  readonly timeoutMs: number;
}

/** What the world tells a worker of a streamed answer: a piece was taken, or nobody listens any more. */
export interface StreamOrder {
  readonly about: 'took' | 'gone';
  readonly requestId: string;
}

export type WorkerReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'piece'; readonly requestId: string; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly requestId: string; readonly result: string }
  | { readonly kind: 'failed'; readonly requestId: string; readonly error: FunctionError };
