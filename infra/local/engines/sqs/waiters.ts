/** Long polls that wait for a message: they wait in real time, whatever the world's clock does. */
export class Waiters {
  readonly #waiting = new Set<{ queue: string; look: () => void }>();

  /** Resolves when a message may be there, the time is over or the caller is gone. */
  wait(queue: string, milliseconds: number, gone: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        clearTimeout(timer);
        gone.removeEventListener('abort', look);
        this.#waiting.delete(waiter);
        resolve();
      };
      const waiter = { queue, look };
      const timer = setTimeout(look, milliseconds);
      gone.addEventListener('abort', look);
      this.#waiting.add(waiter);
      if (gone.aborted) look();
    });
  }

  /** Lets the polls of one queue, or of all, look again. */
  wake(queue?: string): void {
    for (const waiter of [...this.#waiting]) {
      if (queue === undefined || waiter.queue === queue) waiter.look();
    }
  }
}
