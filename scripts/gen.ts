/** Derives every file that follows from the rule folders; `--check` only says which ones are out of date. */
import { fileURLToPath } from 'node:url';
import { stale, write } from './gen/apply.ts';
import { generate } from './gen/generate.ts';

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const check = process.argv.includes('--check');

try {
  const artefacts = await generate(root);
  const changes = check ? stale(root, artefacts) : write(root, artefacts);
  for (const { path, reason } of changes) console.log(`${check ? 'stale' : 'wrote'} ${path} (${reason})`);
  if (check && changes.length > 0) {
    console.error(`\n${changes.length} generated file(s) are out of date. Run \`npm run gen\` and commit the result.`);
    process.exitCode = 1;
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
