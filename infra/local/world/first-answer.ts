import { setTimeout as wait } from 'node:timers/promises';

/** Resolves at the first 200 of an address; rejects with its last answer after a minute. */
export async function firstAnswer(url: string): Promise<void> {
  const until = performance.now() + 60_000;
  for (;;) {
    const answer = await fetch(url).then(async (response) => ({
      status: response.status,
      text: await response.text(),
    }));
    if (answer.status === 200) return;
    if (performance.now() > until)
      throw new Error(`${url} answers ${answer.status}: ${answer.text}`);
    await wait(100);
  }
}
