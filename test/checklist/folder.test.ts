import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parseChecklist } from '#engine/checklist/parse.ts';
import { assertReads, type Expectation } from './expectation.ts';
import { assertExact } from './invariants.ts';

/**
 * Documents that are read in full: the fixtures, and any folder that `CHECKLIST_SEEDS` names. A document may have what a
 * careful reader finds in it beside it, as `<name>.expected.json`.
 */
const folders = [fileURLToPath(new URL('./fixtures', import.meta.url)), process.env['CHECKLIST_SEEDS'] ?? ''];

for (const folder of folders.filter((path) => path !== '')) {
  for (const name of readdirSync(folder).filter((file) => /\.(?:md|txt)$/.test(file))) {
    test(`reads ${name} exactly`, () => {
      const text = readFileSync(join(folder, name), 'utf8');
      const document = parseChecklist(`/checklists/${name}`, text);
      assertExact(document, text);
      const expected = join(folder, name.replace(/\.\w+$/, '.expected.json'));
      if (existsSync(expected)) assertReads(document, JSON.parse(readFileSync(expected, 'utf8')) as Expectation);
    });
  }
}
