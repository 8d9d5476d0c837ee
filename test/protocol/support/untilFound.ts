import type { Client } from './client.ts';

/** Waits until a rule's findings in a file stand in exactly these lines, counted from 0. */
export async function untilFound(client: Client, uri: string, rule: string, lines: readonly number[]): Promise<void> {
  const found = () =>
    client
      .diagnostics(uri)
      .flatMap(({ code, range }) => (code === rule ? [range.start.line] : []))
      .join();
  await client.until(`${rule} in the lines ${lines.join()}`, () => found() === lines.join());
}
