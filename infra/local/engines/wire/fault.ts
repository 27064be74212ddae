import type * as z from 'zod';

/** An error that the caller of an engine is told, under AWS's own name and status. */
export class AwsFault extends Error {
  override readonly name = 'AwsFault';
  readonly code: string;
  readonly status: number;
  /** The name of the query protocol, which SQS still sends beside the JSON one. */
  readonly queryCode: string | undefined;
  /** Further members of the error, as its shape has them. */
  readonly more: Readonly<Record<string, unknown>>;

  constructor(
    code: string,
    message: string,
    options: { status?: number; queryCode?: string; more?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.code = code;
    this.status = options.status ?? 400;
    this.queryCode = options.queryCode;
    this.more = options.more ?? {};
  }
}

/** What AWS can do and home does not: said loudly, never guessed. */
export function notImplemented(what: string): AwsFault {
  return new AwsFault('NotImplemented', `Not played at home: ${what}`, { status: 501 });
}

/**
 * Input of a JSON operation by its schema (a strict object): a member that home does not play is
 * 501, a wrong value AWS's ValidationException, so a caller never believes a setting was honoured.
 */
export function parseInput<T>(operation: string, schema: z.ZodType<T>, input: unknown): T {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const path = issue?.path.join('.') ?? '';
  if (issue?.code === 'unrecognized_keys') {
    throw notImplemented(
      `${operation} with ${[path, issue.keys.join(', ')].filter(Boolean).join('.')}`,
    );
  }
  throw new AwsFault(
    'ValidationException',
    `${operation}: ${path}: ${issue?.message ?? 'invalid'}`,
  );
}
