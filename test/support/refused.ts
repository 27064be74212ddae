import type { TestWorld } from './world.ts';

/** What a test said it expects the door to refuse; forgotten when the test ends. */
const expected: { caller: string; permission: string }[] = [];

/** Tells that the door will refuse this to a function in this test, which is otherwise a failure. */
export function expectRefusal(caller: string, permission: string): void {
  expected.push({ caller, permission });
}

/** A refusal as a person would say it; the permission game looks for exactly this sentence. */
export function refusalSentence(caller: string, permission: string): string {
  const [action, ...resource] = permission.split(' on ');
  return `the door refused ${action} on ${resource.join(' on ')} to ${caller}`;
}

/**
 * Waits until what a test set going is done (streams, queues and jobs act after it ended), and
 * throws when the door refused anything on the way that the test did not expect, or when it expected
 * a refusal that did not happen.
 */
export async function settle(world: TestWorld): Promise<void> {
  const busy = await world.idle().then(
    () => undefined,
    (cause: unknown) => String(cause),
  );
  const refused = await world.refused();
  if (refused.length > 0) await world.clearRefused();
  const wanted = expected.splice(0);
  const isWanted = (one: { function: string; permission: string }) =>
    wanted.some(
      ({ caller, permission }) => caller === one.function && permission === one.permission,
    );
  const faults = [
    ...refused
      .filter((one) => !isWanted(one))
      .map((one) => refusalSentence(one.function, one.permission)),
    ...wanted
      .filter(
        ({ caller, permission }) =>
          !refused.some((one) => one.function === caller && one.permission === permission),
      )
      .map((one) => `not refused: ${one.permission} to ${one.caller}`),
    ...(busy === undefined ? [] : [busy]),
  ];
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
