import * as z from 'zod';

/**
 * Reads named variables of the environment, at cold start: the only place that does.
 * A missing or wrong one stops the function before it takes any work; values are not told.
 */
export function env<const T extends z.ZodRawShape>(shape: T): z.infer<z.ZodObject<T>> {
  const read = z.object(shape).safeParse(process.env);
  if (read.success) return read.data;
  const names = read.error.issues.map(({ path }) => path.join('.'));
  throw new Error(`environment: missing or wrong ${names.join(', ')}`);
}

/** A variable that holds JSON of a given shape. */
export function json<T extends z.ZodType>(type: T) {
  return z
    .string()
    .transform((text, issue) => {
      try {
        const value: unknown = JSON.parse(text);
        return value;
      } catch {
        issue.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    })
    .pipe(type);
}
