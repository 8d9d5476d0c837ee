/**
 * Brings the tables of deprecated packages up to date: `npx tsx scripts/refreshDeprecatedPackages.ts`, by hand, and read the
 * difference. Asks npm for the notice of each package in the table and prints what does not agree; takes the versions of type
 * stubs from DefinitelyTyped. With names it asks for those alone and writes nothing.
 */
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';
import deprecated from '#rules/security/deprecated-package/deprecatedPackages.json' with { type: 'json' };
import types from '#rules/security/deprecated-package/typeStubs.json' with { type: 'json' };

const run = promisify(execFile);
const today = new Date().toISOString().slice(0, 10);
const folder = new URL('../rules/security/deprecated-package/', import.meta.url);
const only = process.argv.slice(2);

function write(name: string, table: object): void {
  writeFileSync(fileURLToPath(new URL(name, folder)), `${JSON.stringify(table, null, 2)}\n`);
}

/** What the registry says about the newest version that a notice speaks of; empty when it says nothing. */
async function noticeOf(name: string, below: string | undefined): Promise<string> {
  const wanted = below === undefined ? name : `${name}@<${below}`;
  const { stdout } = await run('npm', ['view', wanted, 'deprecated', '--json'], { timeout: 60_000 });
  const answer = z.union([z.string(), z.array(z.string())]).safeParse(stdout.trim() === '' ? '' : JSON.parse(stdout));
  return answer.success ? ([answer.data].flat().at(-1) ?? '') : '';
}

interface Entry {
  readonly name: string;
  readonly notice: string;
  readonly kind?: string;
  readonly below?: string;
}
const entries: readonly Entry[] = deprecated.packages;
let silent = 0;
for (const { name, kind, below } of entries) {
  // The other kinds rest on what is said elsewhere, which a person has to read.
  if (kind !== undefined || (only.length > 0 && !only.includes(name))) continue;
  const notice = await noticeOf(name, below);
  if (notice === '') silent++;
  console.log(`${name}: ${notice === '' ? 'NO NOTICE, look at its page' : notice}`);
}
if (only.length === 0) {
  const source = 'https://raw.githubusercontent.com/DefinitelyTyped/DefinitelyTyped/master/notNeededPackages.json';
  const response = await fetch(source, { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`${source} answers ${response.status}`);
  const { packages } = z
    .object({ packages: z.record(z.string(), z.object({ libraryName: z.string(), asOfVersion: z.string() })) })
    .parse(await response.json());
  const stubs = types.stubs.map(({ library, from }) => ({ library, from: packages[library]?.asOfVersion ?? from }));
  // A registry that gives no notices has checked nothing.
  if (silent === 0) {
    const checked = { on: today, what: 'npm was asked for each notice of a deprecation' };
    write('deprecatedPackages.json', { ...deprecated, asOf: today, checked });
  }
  write('typeStubs.json', { ...types, asOf: today, checked: { on: today, what: 'Read from the source' }, stubs });
}
