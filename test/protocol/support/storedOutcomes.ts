import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Folder } from './client.ts';

/** The file that the server writes when it is through with a folder: it tells nobody. */
export async function storedOutcomes(storage: Folder): Promise<string> {
  for (const until = Date.now() + 20_000; Date.now() < until; ) {
    const [name] = existsSync(storage.path) ? readdirSync(storage.path).filter((entry) => entry.endsWith('.txt')) : [];
    if (name !== undefined) return join(storage.path, name);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('Nothing was kept.');
}
