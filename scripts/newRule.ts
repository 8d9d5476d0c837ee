/** Starts a rule: `npm run new-rule -- category/name` writes its folder and brings the generated files up to date. */
import { fileURLToPath } from 'node:url';
import { write } from './gen/apply.ts';
import { generate } from './gen/generate.ts';
import { createRule } from './newRule/createRule.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const [id] = process.argv.slice(2);

try {
  if (!id) throw new Error('Name the rule: npm run new-rule -- category/name');
  for (const path of createRule(root, id)) console.log(`wrote ${path}`);
  for (const { path } of write(root, await generate(root))) console.log(`wrote ${path}`);
  console.log(`\nTry it: npm run test:unit -- rules/`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
