/** Brings the table of Node's lines up to date: `npx tsx scripts/refreshNodeReleases.ts`, by hand, and read the difference. */
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const source = 'https://raw.githubusercontent.com/nodejs/Release/main/schedule.json';
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const schedule = z.record(z.string(), z.object({ end: day, lts: day.optional(), codename: z.string().optional() }));

const response = await fetch(source, { signal: AbortSignal.timeout(30_000) });
if (!response.ok) throw new Error(`${source} answers ${response.status}`);
const lines = Object.entries(schedule.parse(await response.json())).flatMap(([name, { end, lts, codename }]) => {
  const major = /^v(\d+)$/.exec(name)?.[1];
  if (major === undefined) return [];
  return [{ major: Number(major), end, ...(lts && { lts }), ...(codename && { codename: codename.toLowerCase() }) }];
});
const today = new Date().toISOString().slice(0, 10);
const table = {
  source: 'https://github.com/nodejs/Release/blob/main/schedule.json',
  asOf: today,
  checked: { on: today, what: 'Read from the source' },
  // The lines before 4 count as one.
  lines: [{ major: 0, end: '2016-12-31' }, ...lines.sort((a, b) => a.major - b.major)],
};
const path = fileURLToPath(new URL('../rules/delivery/dockerfile-outdated-node/nodeReleases.json', import.meta.url));
writeFileSync(path, `${JSON.stringify(table, null, 2)}\n`);
