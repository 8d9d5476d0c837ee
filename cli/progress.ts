import type { Terminal } from './terminal.ts';

/** One line on a terminal that says what is going on; nothing at all where nobody watches. */
export interface Progress {
  update(text: string): void;
  /** Removes the line. */
  clear(): void;
}

const INTERVAL_MS = 80;

export function progress(terminal: Pick<Terminal, 'interactive' | 'width' | 'writeError'>): Progress {
  let last = 0;
  let shown = false;
  return {
    update(text) {
      const now = performance.now();
      if (!terminal.interactive || now - last < INTERVAL_MS) return;
      last = now;
      shown = true;
      terminal.writeError(`\r\u001b[K${text.slice(0, terminal.width - 1)}`);
    },
    clear() {
      if (shown) terminal.writeError('\r\u001b[K');
      shown = false;
    },
  };
}
