import * as z from 'zod';
import { type Fault, Refused } from './problem.ts';

const Reason = z.object({ reason: z.string() });

/** Parses what a caller sent, or refuses with the path and a stable code of each fault. */
export function parseAs<T extends z.ZodType>(type: T, value: unknown): z.infer<T> {
  const read = type.safeParse(value);
  if (read.success) return read.data;
  throw new Refused(read.error.issues.map((issue) => faultOf(issue, value)));
}

function faultOf(issue: z.core.$ZodIssue, value: unknown): Fault {
  return { field: issue.path.map(String).join('.'), code: codeOf(issue, value) };
}

function codeOf(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return at(value, issue.path) === undefined ? 'required' : 'type';
    case 'too_small':
      return 'too-small';
    case 'too_big':
      return 'too-big';
    case 'invalid_format':
      return 'format';
    case 'invalid_value':
      return at(value, issue.path) === undefined ? 'required' : 'not-allowed';
    case 'unrecognized_keys':
      return 'unknown-field';
    case 'custom':
      return Reason.safeParse(issue.params).data?.reason ?? 'invalid';
    default:
      return 'invalid';
  }
}

function at(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined,
    value,
  );
}
