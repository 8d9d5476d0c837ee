/** Crashes within this many milliseconds count together. */
const WINDOW = 3 * 60_000;
/** The crash that ends the attempts. */
const LIMIT = 5;
const FIRST_DELAY = 500;

/**
 * Decides whether and when a server that died is started again: after 0.5 s, 1 s, 2 s, 4 s, and not after the fifth
 * crash within three minutes. Waiting gives a passing cause (memory, a file being written) time to pass.
 */
export class Recovery {
  #crashes: readonly number[] = [];
  #skipWait: (() => void) | undefined;

  /** Milliseconds to wait before the next start; `undefined` to give up. `now` is in milliseconds. */
  crashed(now: number): number | undefined {
    this.#crashes = [...this.#crashes.filter((time) => now - time < WINDOW), now];
    if (this.#crashes.length >= LIMIT) {
      this.#crashes = [];
      return undefined;
    }
    return FIRST_DELAY * 2 ** (this.#crashes.length - 1);
  }

  /** Resolves after the delay, or as soon as {@link hurry} is called. */
  async wait(delay: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, delay);
      this.#skipWait = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#skipWait = undefined;
  }

  /** Ends a wait at once; false when there was none. */
  hurry(): boolean {
    this.#skipWait?.();
    return this.#skipWait !== undefined;
  }
}
