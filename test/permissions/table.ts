import type { Permission, Played } from './schema.ts';

/** Permission by permission, the tests that made the door see it used. */
export function tableOf(played: Played, only?: string): string {
  const testsOf = (one: Permission) =>
    played.exercised.find(
      (used) => used.function === one.function && used.permission === one.permission,
    )?.tests ?? [];
  return played.held
    .filter((one) => only === undefined || one.function === only)
    .map((one) => {
      const tests = testsOf(one);
      const rest = tests.length > 3 ? [`    … and ${tests.length - 3} more`] : [];
      const named = tests.slice(0, 3).map((test) => `    ${test}`);
      return [`${one.function}: ${one.permission} (${tests.length} tests)`, ...named, ...rest].join(
        '\n',
      );
    })
    .join('\n');
}
